// SPDX-License-Identifier: MIT
#include "render/page/verdict.hpp"

#include "render/page/html.hpp"

namespace checklist::render {
namespace {
std::size_t of(const Counts& counts, Status status) {
  return counts.at(static_cast<std::size_t>(status));
}
}  // namespace

Status worst(const Counts& counts) {
  for (const Status status : {Status::fail, Status::unknown, Status::pass}) {
    if (of(counts, status) > 0) {
      return status;
    }
  }
  return Status::skip;
}

std::string verdict(const Counts& counts) {
  const std::size_t failing = of(counts, Status::fail);
  const std::size_t unknown = of(counts, Status::unknown);
  const std::size_t judged = of(counts, Status::pass) + failing + unknown;
  if (judged == 0) {
    return "No check applies";
  }
  const std::string of_all = " of " + counted(judged, "check", "checks");
  if (failing > 0) {
    return std::to_string(failing) + of_all + (failing == 1 ? " fails" : " fail") +
           (unknown > 0 ? ", " + counted(unknown, "is unknown", "are unknown") : "");
  }
  if (unknown > 0) {
    return std::to_string(unknown) + of_all + (unknown == 1 ? " is" : " are") +
           " unknown, none fails";
  }
  return judged == 1 ? "The one check passes" : "All " + std::to_string(judged) + " checks pass";
}

std::string beside_verdict(const Counts& counts) {
  const std::size_t skipped = of(counts, Status::skip);
  const std::string pass =
      worst(counts) > Status::pass ? std::to_string(of(counts, Status::pass)) + " pass" : "";
  const std::string skip = skipped > 0 ? std::to_string(skipped) + " skipped" : "";
  return pass + (pass.empty() || skip.empty() ? "" : ", ") + skip;
}
}  // namespace checklist::render
