// SPDX-License-Identifier: MIT
// The states of units and of the manager, spelt as systemd prints them (systemctl(1),
// org.freedesktop.systemd1(5)). What a newer systemd adds is `other`.
#pragma once
#include "checklist/names.hpp"

namespace checklist {
enum class LoadState { stub, loaded, not_found, bad_setting, error, merged, masked, other };
template <>
inline constexpr auto names<LoadState> = names_of<LoadState>({{LoadState::stub, "stub"},
                                                              {LoadState::loaded, "loaded"},
                                                              {LoadState::not_found, "not-found"},
                                                              {LoadState::bad_setting,
                                                               "bad-setting"},
                                                              {LoadState::error, "error"},
                                                              {LoadState::merged, "merged"},
                                                              {LoadState::masked, "masked"},
                                                              {LoadState::other, "other"}});

enum class ActiveState {
  active,
  reloading,
  inactive,
  failed,
  activating,
  deactivating,
  maintenance,
  refreshing,
  other
};
template <>
inline constexpr auto names<ActiveState> =
    names_of<ActiveState>({{ActiveState::active, "active"},
                           {ActiveState::reloading, "reloading"},
                           {ActiveState::inactive, "inactive"},
                           {ActiveState::failed, "failed"},
                           {ActiveState::activating, "activating"},
                           {ActiveState::deactivating, "deactivating"},
                           {ActiveState::maintenance, "maintenance"},
                           {ActiveState::refreshing, "refreshing"},
                           {ActiveState::other, "other"}});

enum class SystemState {
  initializing,
  starting,
  running,
  degraded,
  maintenance,
  stopping,
  offline,
  other
};
template <>
inline constexpr auto names<SystemState> =
    names_of<SystemState>({{SystemState::initializing, "initializing"},
                           {SystemState::starting, "starting"},
                           {SystemState::running, "running"},
                           {SystemState::degraded, "degraded"},
                           {SystemState::maintenance, "maintenance"},
                           {SystemState::stopping, "stopping"},
                           {SystemState::offline, "offline"},
                           {SystemState::other, "other"}});
}  // namespace checklist
