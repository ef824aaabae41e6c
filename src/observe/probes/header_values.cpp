// SPDX-License-Identifier: MIT
#include "observe/probes/header_values.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "event/fd.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t longest_value = 8192;

Unseen unseen(const std::string& what, const HeaderValue& value, const std::string& problem) {
  const std::string remedy =
      value.source == HeaderSource::credential
          ? "add LoadCredential=" + value.text + ":PATH to checklistd.service and restart it"
          : "let checklistd read " + value.text;
  return {"header", "cannot use " + what + ": " + problem, remedy};
}

std::string last_error() {
  return std::system_category().message(errno);
}

// Accepts regular files only: a FIFO would wait for a writer, and /dev/zero never ends.
Observed<std::string> read_value(const std::string& path, const std::string& what,
                                 const HeaderValue& value) {
  const event::Fd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));

  struct stat status {};

  if (!file || ::fstat(file.get(), &status) != 0) {
    return unseen(what, value, last_error());
  }
  if (!S_ISREG(status.st_mode)) {
    return unseen(what, value, "not a regular file");
  }
  std::string text(longest_value + 1, '\0');
  const auto got = ::read(file.get(), text.data(), text.size());
  if (got < 0) {
    return unseen(what, value, last_error());
  }
  text.resize(static_cast<std::size_t>(got));
  while (text.ends_with('\n') || text.ends_with('\r')) {
    text.pop_back();
  }
  const auto splits = [](char c) { return c == '\n' || c == '\r' || c == '\0'; };
  if (text.size() >= longest_value || std::ranges::any_of(text, splits)) {
    return unseen(what, value, "not a single line shorter than 8 KiB");
  }
  return text;
}

Observed<std::string> value_of(const HeaderValue& value, const std::string& credentials) {
  switch (value.source) {
    case HeaderSource::text:
      return value.text;
    case HeaderSource::file:
      return read_value(value.text, "the file " + value.text, value);
    case HeaderSource::credential:
      break;
  }
  const std::string what = "the credential " + value.text;
  return credentials.empty() ? unseen(what, value, "checklistd.service has no credentials")
                             : read_value(credentials + "/" + value.text, what, value);
}
}  // namespace

Observed<std::vector<std::string>> header_lines(const std::map<std::string, HeaderValue>& headers,
                                                const std::string& credentials) {
  std::vector<std::string> lines;
  for (const auto& [name, source] : headers) {
    const auto value = value_of(source, credentials);
    if (!value) {
      return value.unseen();
    }
    lines.push_back(value->empty() ? name + ";" : name + ": " + *value);  // CURLOPT_HTTPHEADER(3)
  }
  return lines;
}
}  // namespace checklist::observe
