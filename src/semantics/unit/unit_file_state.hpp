// SPDX-License-Identifier: MIT
// The states of a unit file, as `systemctl is-enabled` prints them (systemctl(1)).
#pragma once
#include "checklist/names.hpp"

namespace checklist::semantics {
enum class UnitFileState {
  enabled,
  enabled_runtime,
  linked,
  linked_runtime,
  alias,
  masked,
  masked_runtime,
  is_static,  // "static" is a word of C++
  disabled,
  indirect,
  generated,
  transient,
  bad,
  not_found
};
}  // namespace checklist::semantics

namespace checklist {
template <>
inline constexpr auto names<semantics::UnitFileState> = names_of<semantics::UnitFileState>(
    {{semantics::UnitFileState::enabled, "enabled"},
     {semantics::UnitFileState::enabled_runtime, "enabled-runtime"},
     {semantics::UnitFileState::linked, "linked"},
     {semantics::UnitFileState::linked_runtime, "linked-runtime"},
     {semantics::UnitFileState::alias, "alias"},
     {semantics::UnitFileState::masked, "masked"},
     {semantics::UnitFileState::masked_runtime, "masked-runtime"},
     {semantics::UnitFileState::is_static, "static"},
     {semantics::UnitFileState::disabled, "disabled"},
     {semantics::UnitFileState::indirect, "indirect"},
     {semantics::UnitFileState::generated, "generated"},
     {semantics::UnitFileState::transient, "transient"},
     {semantics::UnitFileState::bad, "bad"},
     {semantics::UnitFileState::not_found, "not-found"}});
}  // namespace checklist
