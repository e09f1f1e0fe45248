// A C face over simdjson's DOM parser: one call a document, after which the caller walks the tape itself.
//
// The tape and the string buffer are simdjson's documented representation (its doc/tape.md):
//   tape[0]             'r' in the top byte, index of the last word below; the root value starts at tape[1]
//   { [                 top byte; bits 32-55 the number of members (0xFFFFFF means "that many or more");
//                       low 32 bits the index after the matching } or ]
//   } ]                 top byte; low bits the index of the matching opening
//   "                   top byte; low bits an offset into `strings`: a native-endian uint32_t length, then the bytes
//   l u d               top byte; the next word is the int64_t, uint64_t or double
//   t f n               top byte
//
// Why the parser refused a document is not told: the reasons differ between versions of simdjson, and the answers
// of this project must not. StrictJSON finds the reason itself.
#ifndef CREDITSTREAM_CSIMDJSON_H
#define CREDITSTREAM_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csimdjson_parser csimdjson_parser;

typedef struct csimdjson_document {
  const uint64_t *_Nullable tape;
  const uint8_t *_Nullable strings;
} csimdjson_document;

enum { CSIMDJSON_OK = 0, CSIMDJSON_REFUSED = 1, CSIMDJSON_OUT_OF_MEMORY = 2 };

// A parser that refuses documents nested deeper than `maximum_depth` (and may refuse some at exactly that depth).
// Null when memory is short. The caller frees it with `csimdjson_parser_destroy`. One thread at a time.
csimdjson_parser *_Nullable csimdjson_parser_create(size_t maximum_depth);

void csimdjson_parser_destroy(csimdjson_parser *_Nullable parser);

// Parses `count` bytes, which need no padding, into buffers that the parser owns and uses again: they are valid
// until the next call. No allocation once the buffers have grown to the largest document. Never throws.
int32_t csimdjson_parse(
    csimdjson_parser *_Nonnull parser, const uint8_t *_Nullable bytes, size_t count,
    csimdjson_document *_Nonnull document);

// Reads a text that is a number by JSON's grammar as the nearest double, independently of the locale. Returns 1, or 0
// when it is beyond the doubles. Never allocates.
int32_t csimdjson_read_double(const uint8_t *_Nonnull text, size_t count, double *_Nonnull value);

#ifdef __cplusplus
}
#endif

#endif
