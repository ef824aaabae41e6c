# SPDX-License-Identifier: MIT
# Installs programs, units, specs, schemas, documents and what Prometheus, Alertmanager and Grafana load.
set(systemd_system_unit_dir "lib/systemd/system" CACHE STRING "where system units are installed")
set(systemd_user_unit_dir "lib/systemd/user" CACHE STRING "where user units are installed")

set(system_units
    checklistd.service
    checklistd.socket
    checklistd-publish.socket
    checklistd-files.service
    checklistd-files.path
    checklistd-files.timer
    checklistd-config-test.service
    checklistd-config-test.path
    checklistd-config-test.timer
    checklistd-boot-check.service)
foreach(unit IN LISTS system_units)
  configure_file("systemd/${unit}.in" "systemd/${unit}" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/systemd/${unit}" DESTINATION "${systemd_system_unit_dir}")
endforeach()
configure_file(systemd/user/checklistd.service.in systemd/user/checklistd.service @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/systemd/user/checklistd.service" DESTINATION "${systemd_user_unit_dir}")

install(TARGETS checklistd checklistctl)
install(TARGETS checklistd-files checklistd-config-test DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}")
install(FILES systemd/sysusers/checklistd.conf DESTINATION lib/sysusers.d)
install(DIRECTORY config/plan config/catalogue DESTINATION "${CMAKE_INSTALL_DATADIR}/checklistd" FILES_MATCHING PATTERN "*.json")
install(DIRECTORY config/schema DESTINATION "${CMAKE_INSTALL_DATADIR}/checklistd" FILES_MATCHING PATTERN "*.schema.json")
install(FILES config/completions/bash/checklistctl DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES config/completions/zsh/_checklistctl DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES config/completions/fish/checklistctl.fish DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES docs/man/checklistctl.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES docs/man/checklistd.json.5 docs/man/checklistd-spec.5 DESTINATION "${CMAKE_INSTALL_MANDIR}/man5")
install(FILES docs/man/checklistd.8 DESTINATION "${CMAKE_INSTALL_MANDIR}/man8")
install(DIRECTORY docs/checks DESTINATION "${CMAKE_INSTALL_DOCDIR}" FILES_MATCHING PATTERN "*.md")
install(FILES README.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES docs/checklistctl.md docs/prometheus.md docs/fleet.md docs/hooks.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# What Prometheus and Grafana load names files and the job.
include(cmake/Places.cmake)
function(install_naming_places path destination)
  file(READ "${PROJECT_SOURCE_DIR}/${path}" text)
  with_places(text "${text}")
  file(WRITE "${PROJECT_BINARY_DIR}/${path}" "${text}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${path}")
  install(FILES "${PROJECT_BINARY_DIR}/${path}" DESTINATION "${destination}")
endfunction()

set(share "${CMAKE_INSTALL_DATADIR}/checklistd")
install_naming_places(config/prometheus/checklistd.rules.yml "${share}/prometheus")
install_naming_places(config/prometheus/prometheus.yml "${share}/prometheus")
install_naming_places(config/grafana/provisioning/dashboards/checklistd.yml "${share}/grafana/provisioning/dashboards")
install(DIRECTORY config/alertmanager config/hooks DESTINATION "${share}" USE_SOURCE_PERMISSIONS)
install(DIRECTORY config/grafana/dashboards DESTINATION "${share}/grafana" FILES_MATCHING PATTERN "*.json")
