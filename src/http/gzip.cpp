// SPDX-License-Identifier: MIT
#include "http/gzip.hpp"

#include <cerrno>
#include <limits>
#include <system_error>

#include <zlib.h>

namespace checklist::http {
namespace {
constexpr int fastest = 1;
constexpr int gzip_window = 15 + 16;  // zlib.h: 16 more for a gzip header
constexpr int default_memory = 8;

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category(), "gzip");
}

class Deflate {
 public:
  Deflate() {
    if (deflateInit2(&stream_, fastest, Z_DEFLATED, gzip_window, default_memory,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      fail(ENOMEM);
    }
  }

  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;
  Deflate(Deflate&&) = delete;
  Deflate& operator=(Deflate&&) = delete;

  ~Deflate() { (void)deflateEnd(&stream_); }  // fails only for a stream that was not finished

  std::string finish(std::string_view text) {
    std::string out(deflateBound(&stream_, text.size()), '\0');
    stream_.next_in = bytes(text.data());
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = bytes(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) {
      fail(EIO);
    }
    out.resize(stream_.total_out);
    return out;
  }

 private:
  // zlib takes unsigned bytes and, without ZLIB_CONST, does not promise const; it only reads.
  static Bytef* bytes(const char* text) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast)
    return reinterpret_cast<Bytef*>(const_cast<char*>(text));
  }

  z_stream stream_{};
};
}  // namespace

std::string gzip(std::string_view text) {
  if (text.size() > std::numeric_limits<uInt>::max() / 2) {
    fail(EFBIG);
  }
  return Deflate().finish(text);
}
}  // namespace checklist::http
