#include "CSimdjson.h"

// Errors are codes here; the two allocations that could still throw are caught at the border.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <charconv>
#include <cstring>
#include <memory>
#include <new>

struct csimdjson_parser {
  simdjson::dom::parser parser;
  simdjson::dom::document document;
  std::unique_ptr<uint8_t[]> input;
  size_t capacity = 0;
  size_t maximum_depth = 0;
};

namespace {

constexpr size_t smallest_capacity = 4096;

// Grows all buffers together and to a power of two, so that a stream of documents of varying size stops
// allocating after a few; simdjson alone would reallocate for each document longer than every one before.
int32_t reserve(csimdjson_parser &self, size_t count) {
  if (count <= self.capacity) return CSIMDJSON_OK;
  size_t capacity = smallest_capacity;
  while (capacity < count) capacity *= 2;
  if (capacity > simdjson::SIMDJSON_MAXSIZE_BYTES) capacity = simdjson::SIMDJSON_MAXSIZE_BYTES;
  self.capacity = 0;
  self.input.reset(new (std::nothrow) uint8_t[capacity + simdjson::SIMDJSON_PADDING]);
  if (!self.input) return CSIMDJSON_OUT_OF_MEMORY;
  if (self.parser.allocate(capacity, self.maximum_depth)) return CSIMDJSON_OUT_OF_MEMORY;
  if (self.document.allocate(capacity)) return CSIMDJSON_OUT_OF_MEMORY;
  self.capacity = capacity;
  return CSIMDJSON_OK;
}

}  // namespace

extern "C" csimdjson_parser *csimdjson_parser_create(size_t maximum_depth) try {
  auto *self = new (std::nothrow) csimdjson_parser;
  if (self) self->maximum_depth = maximum_depth;
  return self;
} catch (...) {
  return nullptr;
}

extern "C" void csimdjson_parser_destroy(csimdjson_parser *parser) { delete parser; }

extern "C" int32_t csimdjson_parse(
    csimdjson_parser *self, const uint8_t *bytes, size_t count, csimdjson_document *document) try {
  *document = csimdjson_document{nullptr, nullptr};
  if (count == 0 || count > simdjson::SIMDJSON_MAXSIZE_BYTES) return CSIMDJSON_REFUSED;
  if (int32_t failure = reserve(*self, count)) return failure;
  std::memcpy(self->input.get(), bytes, count);
  std::memset(self->input.get() + count, 0, simdjson::SIMDJSON_PADDING);
  auto error = self->parser.parse_into_document(self->document, self->input.get(), count, false).error();
  if (error == simdjson::MEMALLOC) return CSIMDJSON_OUT_OF_MEMORY;
  if (error) return CSIMDJSON_REFUSED;
  document->tape = self->document.tape.get();
  document->strings = self->document.string_buf.get();
  return CSIMDJSON_OK;
} catch (...) {
  return CSIMDJSON_OUT_OF_MEMORY;
}

extern "C" int32_t csimdjson_read_double(const uint8_t *text, size_t count, double *value) {
  auto *first = reinterpret_cast<const char *>(text);
  auto result = std::from_chars(first, first + count, *value);
  return result.ec == std::errc() && result.ptr == first + count;
}
