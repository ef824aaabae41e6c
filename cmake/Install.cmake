# SPDX-License-Identifier: MIT
# Everything where systemd, sysusers and a user look for it.
set(systemd_system_unit_dir "lib/systemd/system" CACHE STRING "where system units are installed")
set(systemd_user_unit_dir "lib/systemd/user" CACHE STRING "where user units are installed")

configure_file(systemd/checklistd.service.in systemd/checklistd.service @ONLY)
configure_file(systemd/checklistd-files.service.in systemd/checklistd-files.service @ONLY)
configure_file(systemd/user/checklistd.service.in systemd/user/checklistd.service @ONLY)

install(TARGETS checklistd checklistctl)
install(TARGETS checklistd-files DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}")
install(FILES "${PROJECT_BINARY_DIR}/systemd/checklistd.service"
              "${PROJECT_BINARY_DIR}/systemd/checklistd-files.service" systemd/checklistd.socket
              systemd/checklistd-publish.socket systemd/checklistd-files.path systemd/checklistd-files.timer
        DESTINATION "${systemd_system_unit_dir}")
install(FILES "${PROJECT_BINARY_DIR}/systemd/user/checklistd.service" DESTINATION "${systemd_user_unit_dir}")
install(FILES systemd/sysusers/checklistd.conf DESTINATION lib/sysusers.d)
install(DIRECTORY config/services.d config/user-services.d DESTINATION lib/checklistd FILES_MATCHING PATTERN "*.json")
install(DIRECTORY config/schema DESTINATION "${CMAKE_INSTALL_DATADIR}/checklistd" FILES_MATCHING PATTERN "*.schema.json")
install(DIRECTORY docs/checks DESTINATION "${CMAKE_INSTALL_DOCDIR}" FILES_MATCHING PATTERN "*.md")
install(FILES README.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES docs/prometheus.md docs/fleet.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# What Prometheus, Alertmanager and Grafana load names files as they are installed under /usr; elsewhere they are elsewhere.
set(CHECKLIST_RUNBOOKS "file://${CMAKE_INSTALL_FULL_DOCDIR}" CACHE STRING "where the pages that alerts name are published")
function(install_naming_places path destination)
  file(READ "${PROJECT_SOURCE_DIR}/${path}" text)
  string(REPLACE "file:///usr/share/doc/checklistd/" "${CHECKLIST_RUNBOOKS}/" text "${text}")
  string(REPLACE "/usr/share/checklistd/" "${CMAKE_INSTALL_FULL_DATADIR}/checklistd/" text "${text}")
  file(WRITE "${PROJECT_BINARY_DIR}/${path}" "${text}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${path}")
  install(FILES "${PROJECT_BINARY_DIR}/${path}" DESTINATION "${destination}")
endfunction()

set(share "${CMAKE_INSTALL_DATADIR}/checklistd")
install_naming_places(config/prometheus/checklistd.rules.yml "${share}/prometheus")
install_naming_places(config/grafana/provisioning/dashboards/checklistd.yml "${share}/grafana/provisioning/dashboards")
install(FILES config/prometheus/prometheus.yml DESTINATION "${share}/prometheus")
install(FILES config/alertmanager/alertmanager.yml DESTINATION "${share}/alertmanager")
install(DIRECTORY config/grafana/dashboards DESTINATION "${share}/grafana" FILES_MATCHING PATTERN "*.json")
install(FILES config/grafana/provisioning/datasources/checklistd.yml
        DESTINATION "${share}/grafana/provisioning/datasources")
