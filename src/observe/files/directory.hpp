// SPDX-License-Identifier: MIT
// Directories as whoever looks at files opens them.
#pragma once
#include <string>

#include "checklist/observed.hpp"

#include "event/fd.hpp"
#include "observe/files/file_status.hpp"

namespace checklist::observe {
enum class Listing { needed, not_needed };

// Nothing, and errno, if it cannot be opened; ELOOP where links are refused and one is on the way.
event::Fd open_directory(const std::string& path, Links links, Listing listing);

// Why that path could not be looked at.
Unseen unseen_path(const std::string& path, int error);
}  // namespace checklist::observe
