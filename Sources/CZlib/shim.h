#ifndef CREDITSTREAM_CZLIB_H
#define CREDITSTREAM_CZLIB_H

#include <zlib.h>

// inflateInit2 is a macro with the header's version in it, which Swift cannot import.
// 15 is the greatest window of 32 KiB; 16 more asks for the gzip format with its check sums.
static inline int creditstream_inflate_init_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

// The same of deflateInit2; 8 is the usual memory level. Only with a fixed level are equal files equal bytes.
static inline int creditstream_deflate_init_gzip(z_stream *stream) {
  return deflateInit2(stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
