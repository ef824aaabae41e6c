// SPDX-License-Identifier: MIT
#include "checks/sockets/binding_finding.hpp"

#include "checks/definition/next_start.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/view/command.hpp"
#include "checks/view/private_network.hpp"

namespace checklist::checks {
namespace {
// One declared address of a unit, judged.
class AddressFinding {
 public:
  AddressFinding(const semantics::Address& declared, const Binding& binding, BindingScope scope,
                 const UnitSockets& units, View& see)
      : declared_(declared),
        binding_(binding),
        scope_(scope),
        units_(units),
        see_(see),
        subject_(semantics::print_address(declared)),
        expected_(units.unit() + " listens exactly on " + subject_) {}

  Finding take() {
    if (binding_.state == BindingState::foreign) {
      return failed("foreign", is_listening(),
                    "stop it, or give one of the two services another address");
    }
    if (const auto stopped = stopped_socket(); !stopped.empty()) {
      return failed("socket_stopped", stopped + ", which opens this address, is not active",
                    "run " + systemctl(see_, "start", stopped));
    }
    if (scope_ == BindingScope::at_rest && binding_.by == units_.unit() &&
        (binding_.state == BindingState::exactly || binding_.state == BindingState::wider) &&
        has_left_processes(see_)) {
      return failed("leftover",
                    "a process that " + units_.unit() + " left behind is listening on " + subject_,
                    "run " + systemctl(see_, "kill", units_.unit()) +
                        " to end it: a start cannot bind the address");
    }
    if (scope_ == BindingScope::others || scope_ == BindingScope::at_rest) {
      return skip({.subject = subject_,
                   .reason = "not_up",
                   .expected = expected_,
                   .observed = "the unit is not up, and no other process listens on " + subject_});
    }
    if (binding_.state == BindingState::unseen) {
      return unknown(subject_, expected_, binding_.unseen);
    }
    return of_unit();
  }

 private:
  [[nodiscard]] Finding failed(std::string reason, std::string observed, std::string hint) const {
    return fail({.subject = subject_,
                 .reason = std::move(reason),
                 .expected = expected_,
                 .observed = std::move(observed),
                 .hint = std::move(hint)});
  }

  [[nodiscard]] std::string is_listening() const {
    return binding_.by + " is listening on " + subject_;
  }

  [[nodiscard]] bool has_no_listener() const {
    return binding_.state == BindingState::missing || binding_.state == BindingState::leftover ||
           binding_.state == BindingState::no_socket || binding_.state == BindingState::not_at_path;
  }

  // A stopped socket unit leaves its socket with the service until that stops, too.
  [[nodiscard]] std::string stopped_socket() const {
    if (scope_ == BindingScope::others) {
      return {};
    }
    const bool is_kept = binding_.state == BindingState::exactly && binding_.by != units_.unit();
    const bool is_gone = scope_ != BindingScope::settling && has_no_listener();
    return is_kept || is_gone || binding_.state == BindingState::unclear
               ? units_.stopped_socket(see_, declared_)
               : std::string();
  }

  // Judges a unit that is up, or whose socket unit is.
  Finding of_unit() {
    switch (binding_.state) {
      case BindingState::exactly:
        return pass({.subject = subject_,
                     .expected = expected_,
                     .observed = is_listening(),
                     .details = binding_.note});
      case BindingState::wider:
        return failed("wider", binding_.by + " is listening on " + binding_.at, narrow());
      case BindingState::unclear:
        return unknown({.subject = subject_,
                        .reason = "owner",
                        .expected = expected_,
                        .observed = is_listening() + "; its unit is unknown",
                        .hint = restart_advice(see_) + ", so that it binds the address again"});
      default:
        return not_bound();
    }
  }

  Finding not_bound() {
    if (scope_ == BindingScope::settling) {
      return unknown({.subject = subject_,
                      .reason = "settling",
                      .expected = expected_,
                      .observed = "the unit was started and has not settled",
                      .hint = "wait, or raise `settle`",
                      .details = "nothing is listening on " + subject_ + " yet"});
    }
    if (declared_.protocol != Protocol::unix_stream && has_private_network(see_)) {
      return unknown({.subject = subject_,
                      .reason = "own_network",
                      .expected = expected_,
                      .observed = "the unit has a private network namespace",
                      .hint = "run `nsenter --net --target PID ss -ltnu` with its main PID"});
    }
    return missing();
  }

  Finding missing() {
    switch (binding_.state) {
      case BindingState::leftover:
        return failed("leftover", "stale socket file: nothing is listening", check_configuration());
      case BindingState::no_socket:
        return failed("no_socket", declared_.host + " is not a socket",
                      restart_advice(see_, "move " + declared_.host + " away"));
      case BindingState::not_at_path:
        return failed(
            "unreachable", "a socket has this name, but the path does not lead to it",
            restart_advice(see_) + ", and check whether the unit has a private /tmp or /run");
      case BindingState::no_address:
        return failed("unreachable", is_listening() + ", but the host does not have this address",
                      give_address());
      default:
        return nothing_listens();
    }
  }

  [[nodiscard]] Finding nothing_listens() const {
    if (binding_.host_lacks) {
      return failed(
          "missing",
          "nothing is listening on " + subject_ + ", and the host does not have this address",
          restart_advice(see_, give_address()));
    }
    return binding_.at.empty()
               ? failed("missing", "nothing is listening on " + subject_, check_configuration())
               : failed("missing", binding_.by + " is listening on " + binding_.at + " instead",
                        by_socket_unit() ? of_socket_unit() : check_configuration());
  }

  [[nodiscard]] bool by_socket_unit() const { return binding_.by.ends_with(".socket"); }

  [[nodiscard]] static std::string give_address() {
    return "give the address to an interface (`ip address` shows those that the host has), or "
           "correct the configuration and `listen`";
  }

  // systemd opens a socket while the service is stopped only, and adds ListenStream= lines up.
  [[nodiscard]] std::string of_socket_unit() const {
    const std::string directive =
        declared_.protocol == Protocol::udp ? "ListenDatagram=" : "ListenStream=";
    const std::string address = subject_.substr(subject_.find(':') + 1);
    return "run " + systemctl(see_, "edit", binding_.by) + " to replace its address: `" +
           directive + "`, then " + wanted_line(directive, address) + "; then run " +
           systemctl(see_, "stop", units_.unit()) + " and " +
           systemctl(see_, "restart", binding_.by);
  }

  // A port alone is [::], and takes IPv4, too, unless BindIPv6Only= says otherwise.
  [[nodiscard]] std::string wanted_line(const std::string& directive,
                                        const std::string& address) const {
    return declared_.host == "*"
               ? "`" + directive + std::to_string(declared_.port) + "` and `BindIPv6Only=both`"
               : "`" + directive + address + "`";
  }

  // A server that is configured for 0.0.0.0 may open [::] for both families, as those in Go do.
  [[nodiscard]] std::string narrow() const {
    if (by_socket_unit()) {
      return of_socket_unit();
    }
    const semantics::Address both{
        .protocol = declared_.protocol, .host = "*", .port = declared_.port};
    const bool is_ipv6_added =
        declared_.host == "0.0.0.0" && binding_.at == semantics::print_address(both);
    return is_ipv6_added
               ? "declare `" + binding_.at +
                     "` in `listen` if IPv6 is meant to be served, too; "
                     "otherwise make " +
                     units_.unit() + " listen on IPv4 only"
               : restart_advice(see_, "make " + units_.unit() + " listen on " + subject_ + " only");
  }

  [[nodiscard]] std::string check_configuration() const {
    return "read " + journalctl(see_, units_.unit()) +
           " and compare the address in its configuration";
  }

  const semantics::Address& declared_;
  const Binding& binding_;
  BindingScope scope_;
  const UnitSockets& units_;
  View& see_;
  std::string subject_;
  std::string expected_;
};
}  // namespace

Finding binding_finding(const semantics::Address& declared, const Binding& binding,
                        BindingScope scope, const UnitSockets& units, View& see) {
  return AddressFinding(declared, binding, scope, units, see).take();
}
}  // namespace checklist::checks
