#ifndef CREDITSTREAM_CXGBOOST_H
#define CREDITSTREAM_CXGBOOST_H

// Before any header of the system: dlmopen is an extension of GNU.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <sched.h>

// Only functions that 1.7 and 3.x share are called from Swift, so that either library builds.
#include <xgboost/c_api.h>

// Opens a second libxgboost beside the linked one, with libraries of its own: the two export the same C++ symbols,
// some of which the linker would unify.
static inline void *cxgboost_open_apart(const char *path) {
  return dlmopen(LM_ID_NEWLM, path, RTLD_NOW | RTLD_LOCAL);
}

// Keeps the calling thread on the core it runs on; gives the core's number, or -1 when the system refuses.
static inline int cxgboost_pin_thread(void) {
  int core = sched_getcpu();
  if (core < 0 || core >= CPU_SETSIZE) return -1;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  return sched_setaffinity(0, sizeof(set), &set) == 0 ? core : -1;
}

#endif
