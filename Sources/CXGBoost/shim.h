#ifndef CREDITSTREAM_CXGBOOST_H
#define CREDITSTREAM_CXGBOOST_H

// Only functions that 1.7 and 3.x share are called from Swift, so that either library builds.
#include <xgboost/c_api.h>

#endif
