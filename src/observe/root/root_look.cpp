// SPDX-License-Identifier: MIT
#include "observe/root/root_look.hpp"

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

#include "event/fd.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration first_pause = 500ms;
constexpr Duration longest_pause = 4s;  // the last one: four requests in all
// A unit that restarts all the time must not keep root busy.
constexpr Duration least_distance = 250ms;
constexpr Duration longest_distance = 3s;
constexpr Duration quiet = 30s;  // after this, the least distance applies again
constexpr mode_t owner_only = 0600;
}  // namespace

RootLook::RootLook(event::Loop& loop, std::string request)
    : loop_(loop),
      request_(std::move(request)),
      repeat_(loop.timer([this] { send(); })),
      later_(loop.timer([this] { ask(loop_.now()); })) {}

void RootLook::ask(TimePoint moment) {
  if (wanted_ && *wanted_ >= moment) {
    return;
  }
  if (!wanted_) {
    pause_ = first_pause;
    repeat_.arm_at(std::max(loop_.now(), sent_ + distance_));
  }
  wanted_ = std::max(moment, loop_.now());
}

void RootLook::ask_in(Duration pause) {
  later_.arm_at(loop_.now() + pause);
}

void RootLook::looked(TimePoint made) {
  if (wanted_ && made >= *wanted_) {
    wanted_ = std::nullopt;
    repeat_.disarm();
  }
}

// Without the right to create the file, as in a user's instance, the facts stay as they are.
void RootLook::send() {
  (void)::unlink(request_.c_str());
  const event::Fd created(
      ::open(request_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, owner_only));
  distance_ =
      loop_.now() >= sent_ + quiet ? least_distance : std::min(distance_ * 3 / 2, longest_distance);
  sent_ = loop_.now();
  if (created && pause_ <= longest_pause) {
    repeat_.arm_at(sent_ + pause_);
    pause_ *= 2;
  } else {
    wanted_ = std::nullopt;
  }
}
}  // namespace checklist::observe
