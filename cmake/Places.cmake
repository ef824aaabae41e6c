# SPDX-License-Identifier: MIT
# What files for Prometheus and Grafana call by its place: they are written as installed under /usr, with a job named checklistd.
set(CHECKLIST_RUNBOOKS "file://${CMAKE_INSTALL_FULL_DOCDIR}" CACHE STRING
    "where the pages that alerts name are published: a directory, or an address with NAME in place of the check")
set(CHECKLIST_JOB checklistd CACHE STRING "the job of Prometheus that scrapes checklistd")
if(NOT CHECKLIST_JOB MATCHES "^[A-Za-z0-9_./:-]+$")
  message(FATAL_ERROR "CHECKLIST_JOB is no name of a job: '${CHECKLIST_JOB}'")
endif()

# Sets OUT to TEXT with the configured places.
function(with_places out text)
  if(CHECKLIST_RUNBOOKS MATCHES "NAME")
    string(REPLACE "NAME" "{{ $labels.check }}" page "${CHECKLIST_RUNBOOKS}")
    string(REPLACE "file:///usr/share/doc/checklistd/checks/{{ $labels.check }}.md" "${page}" text "${text}")
    string(REPLACE "file:///usr/share/doc/checklistd/" "file://${CMAKE_INSTALL_FULL_DOCDIR}/" text "${text}")
  else()
    string(REPLACE "file:///usr/share/doc/checklistd/" "${CHECKLIST_RUNBOOKS}/" text "${text}")
  endif()
  string(REPLACE "/usr/share/checklistd/" "${CMAKE_INSTALL_FULL_DATADIR}/checklistd/" text "${text}")
  string(REPLACE "job=\"checklistd\"" "job=\"${CHECKLIST_JOB}\"" text "${text}")
  string(REPLACE "job_name: checklistd\n" "job_name: ${CHECKLIST_JOB}\n" text "${text}")
  string(REPLACE "the job checklistd," "the job ${CHECKLIST_JOB}," text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()
