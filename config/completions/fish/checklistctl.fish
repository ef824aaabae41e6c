# SPDX-License-Identifier: MIT
# Completion of checklistctl for fish.
function __checklistctl_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    checklistctl complete $words[2..] "$(commandline --current-token --cut-at-cursor)" 2>/dev/null
end
complete --command checklistctl --no-files --arguments '(__checklistctl_complete)'
for option in config services-dir state-dir baseline records-dir output-dir socket
    complete --command checklistctl --long-option $option --require-parameter --force-files
end
