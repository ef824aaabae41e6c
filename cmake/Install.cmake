# SPDX-License-Identifier: MIT
# Everything where systemd, sysusers and a user look for it.
set(systemd_system_unit_dir "lib/systemd/system" CACHE STRING "where system units are installed")
set(systemd_user_unit_dir "lib/systemd/user" CACHE STRING "where user units are installed")

configure_file(systemd/checklistd.service.in systemd/checklistd.service @ONLY)
configure_file(systemd/user/checklistd.service.in systemd/user/checklistd.service @ONLY)

install(TARGETS checklistd checklistctl)
install(FILES "${PROJECT_BINARY_DIR}/systemd/checklistd.service" systemd/checklistd.socket
              systemd/checklistd-publish.socket
        DESTINATION "${systemd_system_unit_dir}")
install(FILES "${PROJECT_BINARY_DIR}/systemd/user/checklistd.service" DESTINATION "${systemd_user_unit_dir}")
install(FILES systemd/sysusers/checklistd.conf DESTINATION lib/sysusers.d)
install(DIRECTORY config/services.d config/user-services.d DESTINATION lib/checklistd FILES_MATCHING PATTERN "*.json")
install(DIRECTORY docs/checks DESTINATION "${CMAKE_INSTALL_DOCDIR}" FILES_MATCHING PATTERN "*.md")
install(FILES README.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
