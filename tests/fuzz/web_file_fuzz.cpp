// SPDX-License-Identifier: MIT
// The web config file: YAML, TLS settings, headers, users, rate limit.
#include <sys/mman.h>
#include <unistd.h>

#include "config/web/web_file.hpp"
#include "fuzz/fuzz.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 20U;  // config::read_file()

void run(std::string_view input) {
  static const int file = ::memfd_create("web", MFD_CLOEXEC);
  static const std::string path = "/proc/self/fd/" + std::to_string(file);
  require(::ftruncate(file, 0) == 0 &&
              ::pwrite(file, input.data(), input.size(), 0) == static_cast<ssize_t>(input.size()),
          "the input is written");
  std::vector<config::Problem> problems;
  const config::WebConfig web = config::load_web(path, problems);
  for (const config::Problem& problem : problems) {
    require(!problem.message.empty(), "a problem has a message");
    require(config::text(problem).find('\n') == std::string::npos, "a problem is one line");
  }
  for (const auto& [name, value] : web.headers) {
    require(!problems.empty() || value.find_first_of("\r\n") == std::string::npos,
            "no header contains another");
  }
}
}  // namespace checklist::fuzz
