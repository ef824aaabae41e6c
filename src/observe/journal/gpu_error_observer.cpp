// SPDX-License-Identifier: MIT
#include "observe/journal/gpu_error_observer.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "parse/gpu_error.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_turn = 2ms;  // plus the current entry
constexpr std::size_t most = 64;        // errors in the fact

std::string text_of(const parse::JournalFields& fields, const char* name) {
  const auto at = fields.find(name);
  return at != fields.end() ? at->second : std::string();
}
}  // namespace

GpuErrorObserver::GpuErrorObserver(event::Loop& loop, Put<GpuErrorsKey> put, std::string directory,
                                   semantics::Boot boot)
    : loop_(loop),
      put_(std::move(put)),
      boot_(std::move(boot)),
      watched_(loop, journal_of(bus::Scope::system, std::move(directory)),
               {.opened = [this](Journal&) { begin(); },
                .closed = [this](const Unseen& why) { put_({}, why); },
                .changed = [this](Journal::Changes) { work_.arm(); }}),
      work_(loop.deferred(event::Priority::io, [this] { read(); })) {}

void GpuErrorObserver::follow(const std::set<GpuErrorsKey>& keys) {
  const bool was_followed = std::exchange(followed_, !keys.empty());
  if (!followed_ || was_followed) {
    return;
  }
  if (watched_.why_closed()) {
    put_({}, *watched_.why_closed());
  } else if (watched_.journal() == nullptr) {
    watched_.open();
  } else {
    is_changed_ = true;
    work_.arm();
  }
}

void GpuErrorObserver::look_again() {
  if (followed_) {
    watched_.look_again();
  }
}

void GpuErrorObserver::begin() {
  if (place_.cursor.empty()) {
    place_.from = boot_.began;
  }
  is_changed_ = true;
}

void GpuErrorObserver::read() {
  if (!followed_) {
    return;
  }
  watched_.use([this](Journal& journal) {
    const TimePoint now = loop_.now();
    const ReadingPiece piece{
        .horizon = TimePoint::max(), .until = now + longest_turn, .boot_id = boot_.id};
    const bool is_at_end = read_on(journal, place_, {{{"_TRANSPORT=kernel"}}}, piece,
                                   [this](const auto& entry) { return take(entry); });
    if (!is_at_end) {
      work_.arm();
    } else if (std::exchange(is_changed_, false)) {
      put_errors();
    }
  });
}

bool GpuErrorObserver::take(const JournalEntry& entry) {
  if (!entry.at) {
    return true;  // of an earlier boot
  }
  is_changed_ |= !std::exchange(any_entry_, true);
  auto error =
      parse::gpu_error(text_of(entry.fields, "MESSAGE"), text_of(entry.fields, "_KERNEL_DEVICE"));
  if (error) {
    error->at = *entry.at;
    is_changed_ = true;
    const auto key = std::pair(error->card, error->kind);
    if (latest_.size() < most || latest_.contains(key)) {
      latest_[key] = std::move(*error);
    }
  }
  return true;
}

void GpuErrorObserver::put_errors() {
  if (!any_entry_) {
    put_({}, GpuErrorsKey::Fact());
    return;
  }
  std::vector<GpuError> out;
  std::ranges::transform(latest_, std::back_inserter(out),
                         [](const auto& each) { return each.second; });
  std::ranges::stable_sort(out, {}, &GpuError::at);
  put_({}, GpuErrorsKey::Fact(std::move(out)));
}
}  // namespace checklist::observe
