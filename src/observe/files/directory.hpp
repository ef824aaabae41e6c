// SPDX-License-Identifier: MIT
// Opens directories, optionally refusing symlinks on the way.
#pragma once
#include <string>

#include "checklist/observed.hpp"

#include "event/fd.hpp"
#include "observe/files/file_status.hpp"

namespace checklist::observe {
enum class Listing { needed, not_needed };

// Returns no descriptor and sets errno on errors; ELOOP if a symlink was refused.
event::Fd open_directory(const std::string& path, Links links, Listing listing);

// Returns the reason for an errno of an access to `path`.
Unseen unseen_path(const std::string& path, int error);
}  // namespace checklist::observe
