// SPDX-License-Identifier: MIT
#include "checks/sockets/binding_finding.hpp"

#include "checks/view/private_network.hpp"

namespace checklist::checks {
namespace {
bool nobody_listens(const Binding& binding) {
  return binding.bound == Bound::missing || binding.bound == Bound::leftover ||
         binding.bound == Bound::no_socket || binding.bound == Bound::not_at_path;
}

// A socket unit that was stopped leaves its socket to the service, until that stops, too.
std::string stopped_socket(const semantics::Address& declared, const Binding& binding,
                           BindingScope scope, const Household& household, View& see) {
  const bool is_sockets = binding.bound == Bound::exactly && binding.by != household.unit();
  const bool is_nobodys = scope != BindingScope::settling && nobody_listens(binding);
  return is_sockets || is_nobodys || binding.bound == Bound::unclear
             ? household.stopped_socket(see, declared)
             : std::string();
}

Finding judged(Finding finding, Status status, std::string reason, std::string observed,
               std::string hint) {
  finding.status = status;
  finding.reason = std::move(reason);
  finding.observed = std::move(observed);
  finding.hint = std::move(hint);
  return finding;
}

Finding missing(Finding finding, const Binding& binding, const std::string& unit) {
  const std::string configured =
      "read journalctl -u " + unit + " and compare the address in its configuration";
  switch (binding.bound) {
    case Bound::leftover:
      return judged(std::move(finding), Status::fail, "leftover",
                    "a socket file is there, on which nobody listens", configured);
    case Bound::no_socket:
      return judged(std::move(finding), Status::fail, "no_socket", "what lies there is no socket",
                    "move it away and restart " + unit);
    case Bound::not_at_path:
      return judged(std::move(finding), Status::fail, "unreachable",
                    "a socket has that name, but the path does not lead to it",
                    "restart " + unit + ", and look whether it has a private /tmp or /run");
    default:
      return judged(std::move(finding), Status::fail, "missing",
                    binding.at.empty() ? "nobody listens there"
                                       : binding.by + " listens on " + binding.at + " instead",
                    configured);
  }
}

Finding not_there(Finding finding, const semantics::Address& declared, const Binding& binding,
                  BindingScope scope, const Household& household, View& see) {
  finding = missing(std::move(finding), binding, household.unit());
  if (scope == BindingScope::settling) {
    finding.details = "nobody listens there yet";
    return judged(std::move(finding), Status::unknown, "settling",
                  "the unit was started and has not settled", "wait, or raise `settle`");
  }
  if (declared.protocol == Protocol::unix_stream || !has_private_network(see)) {
    return finding;
  }
  return judged(std::move(finding), Status::unknown, "own_network",
                "the unit has a network namespace of its own, into which nobody here sees",
                "look from inside: nsenter --net --target its main process ss -ltn");
}

// What there is to say of a unit that is up, or whose socket unit is.
Finding of_ours(Finding finding, const semantics::Address& declared, const Binding& binding,
                BindingScope scope, const Household& household, View& see) {
  const std::string subject = finding.subject;
  switch (binding.bound) {
    case Bound::exactly:
      finding.details = binding.note;
      return judged(std::move(finding), Status::pass, {}, binding.by + " listens there", {});
    case Bound::wider:
      return judged(std::move(finding), Status::fail, "wider",
                    binding.by + " listens on " + binding.at,
                    "bind " + household.unit() + " to " + subject + " only");
    case Bound::unclear:
      return judged(std::move(finding), Status::unknown, "owner",
                    binding.by + " listens there, and whose it is could not be told",
                    "restart " + household.unit() + " so that it binds the address anew");
    default:
      return not_there(std::move(finding), declared, binding, scope, household, see);
  }
}
}  // namespace

Finding binding_finding(const semantics::Address& declared, const Binding& binding,
                        BindingScope scope, const Household& household, View& see) {
  Finding finding;
  finding.subject = semantics::print_address(declared);
  finding.expected = household.unit() + " listens exactly on " + finding.subject;
  if (binding.bound == Bound::foreign) {
    return judged(std::move(finding), Status::fail, "foreign", binding.by + " listens there",
                  "stop it, or give one of the two another address");
  }
  if (scope != BindingScope::others) {
    const auto stopped = stopped_socket(declared, binding, scope, household, see);
    if (!stopped.empty()) {
      return judged(std::move(finding), Status::fail, "socket_stopped",
                    stopped + ", which opens it, is not active", "run systemctl start " + stopped);
    }
  }
  if (scope == BindingScope::others || scope == BindingScope::at_rest) {
    return judged(std::move(finding), Status::skip, "not_up",
                  "the unit is not up, and nobody else listens there", {});
  }
  if (binding.bound == Bound::unseen) {
    return unknown(finding.subject, finding.expected, binding.unseen);
  }
  return of_ours(std::move(finding), declared, binding, scope, household, see);
}
}  // namespace checklist::checks
