// SPDX-License-Identifier: MIT
// The kernel reports no errors of GPUs; see docs/checks/gpu_errors.md. The check has no findings on
// hosts without a GPU.
#include <algorithm>
#include <array>
#include <ctime>

#include "checklist/check.hpp"

#include "checks/devices/gpu_error_kind.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/text/pattern.hpp"
#include "semantics/time/deadline.hpp"
#include "semantics/time/span.hpp"

namespace checklist::host_checks {
namespace {
using namespace std::chrono_literals;
using checks::FactReader;
using checks::gpu_error_kind;
using checks::GpuErrorKind;
using checks::GpuFault;

constexpr std::int64_t week = 7 * 24 * 60 * 60 * 1'000;  // ms

struct Params {
  semantics::SpanWithin<1'000, week> window{1h};
  std::vector<std::string> ignore;
};

constexpr std::tuple fields{
    Field{"window", &Params::window, "for how long an error that passes counts"},
    Field{"ignore", &Params::ignore, "kinds that do not count, as \"xid 31\""}};

constexpr const char* expected = "the kernel reports no errors of GPUs";

struct Advice {
  GpuFault fault;
  const char* reason;
  const char* whose;  // completes the sentence
  const char* hint;
};

constexpr std::array advice{
    Advice{GpuFault::application, "application", "the program's fault",
           "find the program in the message, and see its log"},
    Advice{GpuFault::hang, "hang", "the driver reset what hung",
           "restart the services that use the GPU, and update the driver if it comes again"},
    Advice{
        GpuFault::memory, "memory", "the hardware's fault",
        "reset the GPU (`nvidia-smi --gpu-reset`) or reboot; if it comes again, replace the card"},
    Advice{GpuFault::link, "link", "the hardware's fault",
           "reset the GPUs or reboot; if it comes again, check the NVLink bridge"},
    Advice{GpuFault::bus, "bus_lost", "the hardware's fault",
           "reboot; if it comes again, check the card's power, temperature and seat"},
    Advice{
        GpuFault::firmware, "reset_needed", "the driver's or the hardware's fault",
        "reset the GPU (`nvidia-smi --gpu-reset` for NVIDIA's) or reboot, and update the driver"},
    Advice{GpuFault::driver, "driver", "the driver's report",
           "look it up in the driver's documentation; after an update of the driver, reboot"}};

bool has_gpu(FactReader& look) {
  const auto* classes = look.at(DeviceClassesKey{});
  return classes != nullptr && std::ranges::any_of(*classes, [](const DeviceClass& each) {
           return each.name == "drm" || each.name == "kfd" || each.name.starts_with("nvidia");
         });
}

std::string when(HostView& see, TimePoint moment) {
  const auto& epoch = see[WallClockKey{}];
  if (!epoch) {
    return {};
  }
  const auto wall = *epoch + std::chrono::duration_cast<Duration>(moment.time_since_epoch());
  const std::time_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(wall.time_since_epoch()).count();
  std::tm parts{};
  std::array<char, 32> text{};
  if (::gmtime_r(&seconds, &parts) == nullptr ||
      std::strftime(text.data(), text.size(), "%F %T UTC: ", &parts) == 0) {
    return {};
  }
  return text.data();
}

Finding on_error(const GpuError& error, HostView& see) {
  const GpuErrorKind kind = gpu_error_kind(error.kind);
  const auto* what = std::ranges::find(advice, kind.fault, &Advice::fault);
  const std::string card = error.card.empty() ? "GPU" : error.card;
  return fail({.subject = card + " " + error.kind,
               .reason = what->reason,
               .expected = expected,
               .observed = card + ": " + std::string(kind.meaning) + " (" + error.kind + "), " +
                           what->whose,
               .hint = std::string(what->hint) + "; " +
                       checks::command(see.spec_of(""), "journalctl", "-k") + " has the messages",
               .details = when(see, error.at) + error.text,
               .quotes_log = true});
}

Findings errors_in(const std::vector<GpuError>& errors, const Params& want, HostView& see) {
  Findings out;
  for (const GpuError& each : errors) {
    const GpuErrorKind kind = gpu_error_kind(each.kind);
    const bool is_ignored = kind.fault == GpuFault::none ||
                            std::ranges::find(want.ignore, each.kind) != want.ignore.end();
    const bool is_over = !kind.lasts && see.passed(semantics::after(each.at, want.window.length));
    if (!is_ignored && !is_over) {
      out.push_back(on_error(each, see));
    }
  }
  return out;
}

Findings evaluate(const Params& want, HostView& see) {
  if (!see.scene().user.empty()) {
    return {};  // a user's manager: the system's reports it
  }
  const auto& errors = see[GpuErrorsKey{}];
  if (errors && *errors) {
    if (Findings out = errors_in(**errors, want, see); !out.empty()) {
      return out;
    }
  }
  FactReader look(see);
  if (!has_gpu(look)) {
    return {};
  }
  if (errors && !*errors) {
    return {skip({.subject = "GPUs",
                  .reason = "no_kernel_log",
                  .expected = expected,
                  .observed = "the journal has no messages of the kernel, as in a container"})};
  }
  return {errors ? pass({.subject = "GPUs", .expected = expected, .observed = expected})
                 : unknown("GPUs", expected, errors.unseen())};
}
}  // namespace

extern const HostCheckDef gpu_errors;
const HostCheckDef gpu_errors =
    host_check<Params, fields, evaluate>("the kernel reports no errors of GPUs", RunsWhen::always);
}  // namespace checklist::host_checks
