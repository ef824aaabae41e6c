// SPDX-License-Identifier: MIT
#include "parse/gpu_error.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
constexpr std::size_t longest = 512;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_hex(char each) {
  return (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f') ||
         (each >= 'A' && each <= 'F');
}

// Returns whether the text begins with a PCI address: "0000:01:00", with or without ".0".
bool is_address(std::string_view text) {
  constexpr std::string_view shape = "xxxx:xx:xx";
  return text.size() >= shape.size() &&
         std::ranges::equal(shape, text.substr(0, shape.size()), {}, {},
                            [](char each) { return is_hex(each) ? 'x' : each; });
}

// Returns the first PCI address in a text, with its function.
std::string address_in(std::string_view text) {
  constexpr std::size_t size = 10;
  for (std::size_t at = 0; at + size <= text.size(); ++at) {
    if (is_address(text.substr(at)) && (at == 0 || !is_hex(text[at - 1]))) {
      const auto rest = text.substr(at + size);
      const bool has_function = rest.size() >= 2 && rest[0] == '.' && is_hex(rest[1]);
      return std::string(text.substr(at, size)) +
             (has_function ? std::string(rest.substr(0, 2)) : ".0");
    }
  }
  return {};
}

// Returns the card: the message's own address, or the device for which the driver logged it, which
// is "+pci:ADDRESS", "+drm:card0" or the number of a node, "c226:128".
std::string card_of(std::string_view message, std::string_view device) {
  std::string out = address_in(message);
  if (out.empty()) {
    out = address_in(device);
  }
  const auto colon = device.find("drm:");
  if (out.empty() && colon != std::string_view::npos) {
    out = std::string(device.substr(colon + 4));
  }
  return out.empty() && device.starts_with("c226:") ? std::string(device.substr(1)) : out;
}

// "NVRM: Xid (PCI:0000:01:00): 79, pid=…": returns "xid 79".
std::string xid(std::string_view message) {
  const auto end = message.find("): ");
  if (!message.starts_with("NVRM: Xid (") || end == std::string_view::npos) {
    return {};
  }
  const auto text = message.substr(end + 3);
  const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
  const auto code = semantics::number<std::uint32_t>(digits);
  return code ? "xid " + std::to_string(*code) : std::string();
}

struct Rule {
  std::string_view part;  // of the message
  std::string_view kind;
};

template <std::size_t size>
std::string first_of(const std::array<Rule, size>& rules, std::string_view message) {
  const auto at =
      std::ranges::find_if(rules, [message](const Rule& each) { return has(message, each.part); });
  return at != rules.end() ? std::string(at->kind) : std::string();
}

std::string of_nvidia(std::string_view message) {
  constexpr std::array rules{
      Rule{"fallen off the bus", "fallen_off"}, Rule{"RmInitAdapter failed", "init_failed"},
      Rule{"rm_init_adapter failed", "init_failed"}, Rule{"API mismatch", "version_mismatch"}};
  const std::string code = xid(message);
  return code.empty() ? first_of(rules, message) : code;
}

std::string of_amd(std::string_view message) {
  constexpr std::array rules{Rule{"GPU Recovery Failed", "reset_failed"},
                             Rule{"GPU reset begin", "reset"}, Rule{"page fault", "page_fault"},
                             Rule{"GPU fault detected", "page_fault"}};
  const auto reset = message.find("GPU reset");
  if (reset != std::string_view::npos && has(message.substr(reset), "failed")) {
    return "reset_failed";
  }
  return has(message, " ring ") && has(message, " timeout") ? "ring_timeout"
                                                            : first_of(rules, message);
}

std::string of_intel(std::string_view message) {
  constexpr std::array rules{Rule{"GPU HANG", "hang"},
                             Rule{"Timedout job:", "hang"},
                             Rule{"Engine reset:", "hang"},
                             Rule{"as wedged", "wedged"},
                             Rule{"device is wedged", "wedged"},
                             Rule{"GPU recovery failed", "wedged"},
                             Rule{"Failed to reset chip", "wedged"}};
  return first_of(rules, message);
}

std::string of_nouveau(std::string_view message) {
  constexpr std::array rules{
      Rule{"SCHED_ERROR", "hang"}, Rule{"errored - disabling channel", "hang"},
      Rule{"fifo: read fault", "page_fault"}, Rule{"fifo: write fault", "page_fault"},
      Rule{"fifo: fault", "page_fault"}};
  return first_of(rules, message);
}

// A process may choose its name, which other messages quote: only the beginning tells the driver.
std::string kind_of(std::string_view message) {
  if (message.starts_with("NVRM: ")) {
    return of_nvidia(message);
  }
  if (message.starts_with("amdgpu") || message.starts_with("[drm:amdgpu")) {
    return of_amd(message);
  }
  if (message.starts_with("nouveau ")) {
    return of_nouveau(message);
  }
  const bool is_intel = message.starts_with("i915 ") || message.starts_with("xe ") ||
                        message.starts_with("[drm] ") || message.starts_with("[drm:i915");
  return is_intel ? of_intel(message) : std::string();
}
}  // namespace

std::optional<GpuError> gpu_error(std::string_view message, std::string_view device) {
  const std::string kind = kind_of(message);
  if (kind.empty()) {
    return std::nullopt;
  }
  return GpuError{.at = {},
                  .card = card_of(message, device),
                  .kind = kind,
                  .text = std::string(message.substr(0, longest))};
}
}  // namespace checklist::parse
