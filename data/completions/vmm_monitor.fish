# SPDX-License-Identifier: MIT
# vmm_monitor: completion for fish.

# The ids of the results that are kept: the only lines of the list that begin with a time.
function __vmm_monitor_results
    vmm_monitor list 2>/dev/null | string match -r '^\d{8}T[\d.]*Z\S*'
    echo last
end

set -l commands host turns before after list show export import label delete compare history watch serve fleet peer
set -l none "not __fish_seen_subcommand_from $commands"
complete -c vmm_monitor -f

complete -c vmm_monitor -n __fish_is_first_token -a host -d 'Say which machine and VMM this is'
complete -c vmm_monitor -n __fish_is_first_token -a turns -d 'Measure by turns with other guests'
complete -c vmm_monitor -n __fish_is_first_token -a before -d 'Measure before a change'
complete -c vmm_monitor -n __fish_is_first_token -a after -d 'Measure after it and compare'
complete -c vmm_monitor -n __fish_is_first_token -a list -d 'List the results that are kept'
complete -c vmm_monitor -n __fish_is_first_token -a show -d 'Show a result again'
complete -c vmm_monitor -n __fish_is_first_token -a export -d 'Write a result for other programs'
complete -c vmm_monitor -n __fish_is_first_token -a import -d 'Keep results of other machines'
complete -c vmm_monitor -n __fish_is_first_token -a label -d 'Give a result another label'
complete -c vmm_monitor -n __fish_is_first_token -a delete -d 'Delete results'
complete -c vmm_monitor -n __fish_is_first_token -a compare -d 'Compare results'
complete -c vmm_monitor -n __fish_is_first_token -a history -d 'Tell how this machine was over days'
complete -c vmm_monitor -n __fish_is_first_token -a watch -d 'Measure for weeks'
complete -c vmm_monitor -n __fish_is_first_token -a serve -d 'Measure by a timetable'
complete -c vmm_monitor -n __fish_is_first_token -a fleet -d 'Show the guests of a Prometheus'
complete -c vmm_monitor -n __fish_is_first_token -a peer -d 'Answer the --network-peer of another guest'

complete -c vmm_monitor -n $none -s t -l terminal -d 'Measure in the terminal'
complete -c vmm_monitor -n $none -s w -l window -d 'Measure in the window'
complete -c vmm_monitor -n $none -x -l fleet -d 'Show the guests of this Prometheus in the window'
complete -c vmm_monitor -n $none -x -s d -l duration -d 'Length of the measurement in seconds'
complete -c vmm_monitor -n $none -x -s i -l interval -d 'Time between readings in ms'
complete -c vmm_monitor -n $none -s p -l passive -d 'Only watch: no probes, no score'
complete -c vmm_monitor -n $none -l light -d 'No bursts: for a guest that serves others'
complete -c vmm_monitor -n $none -x -l ping-target -a 'cloud none' -d 'Whom to ping'
complete -c vmm_monitor -n $none -x -l network-peer -d 'Measure TCP with this guest'
complete -c vmm_monitor -n $none -x -s l -l label -d 'Words to find this run again by'
complete -c vmm_monitor -n $none -x -s n -l repeat -d 'Measure several times'
complete -c vmm_monitor -n $none -x -l pause -d 'Wait between them, in seconds'
complete -c vmm_monitor -n $none -rF -l json -d 'Write the result as JSON'
complete -c vmm_monitor -n $none -rF -l csv -d 'Write the readings as CSV'
complete -c vmm_monitor -n $none -l no-save -d 'Do not keep the result'
complete -c vmm_monitor -n $none -s q -l quiet -d 'Print the score line alone'
complete -c vmm_monitor -n $none -l probes -d 'Run the probes although --sysroot is given'
complete -c vmm_monitor -n $none -s V -l version -d 'Print the version'
complete -c vmm_monitor -n "$none; or __fish_seen_subcommand_from host" -x -l scratch \
    -a '(__fish_complete_directories)' -d 'Where the disk probes put their file'
complete -c vmm_monitor -n "$none; or __fish_seen_subcommand_from host history" -x -l sysroot \
    -a '(__fish_complete_directories)' -d 'Read another machine'
complete -c vmm_monitor -n "$none; or __fish_seen_subcommand_from host" -l cloud -d "Ask the cloud's metadata service, too"
complete -c vmm_monitor -n "$none; or __fish_seen_subcommand_from host" -l cloud-events -d 'And ask it what is announced'
complete -c vmm_monitor -s h -l help -d 'Print help'

complete -c vmm_monitor -n '__fish_seen_subcommand_from host list show compare history fleet' -l json -d 'Print JSON'
complete -c vmm_monitor -n '__fish_seen_subcommand_from export' -l json -d 'For import elsewhere'
complete -c vmm_monitor -n '__fish_seen_subcommand_from export' -l csv -d 'For spreadsheets'
complete -c vmm_monitor -n '__fish_seen_subcommand_from export' -l prometheus -d 'The figures, for monitoring: Prometheus and its like'
complete -c vmm_monitor -n '__fish_seen_subcommand_from export' -l openmetrics -d 'The readings with their times, to fill a time series database'
set -l others '__fish_seen_subcommand_from export compare'
complete -c vmm_monitor -n $others -l paste -d 'A block of a few lines to paste'
complete -c vmm_monitor -n $others -l markdown -d 'The same as Markdown'
complete -c vmm_monitor -n $others -r -F -l html -d 'A page that needs nothing else'
complete -c vmm_monitor -n $others -r -F -l card -d 'A picture'
complete -c vmm_monitor -n '__fish_seen_subcommand_from delete' -s y -l yes -d 'Do not ask'
complete -c vmm_monitor -n '__fish_seen_subcommand_from compare' -x -l by -a 'vmm label' \
    -d 'Make sides of all that are kept'
complete -c vmm_monitor -n '__fish_seen_subcommand_from history' -x -l since -a '12h 30d 8w' -d 'How far back'
complete -c vmm_monitor -n '__fish_seen_subcommand_from history' -x -l label -d 'Only measurements with this label'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -x -l sort -a 'guest host vmm type score stolen quality heard' -d 'By this column'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -l reverse -d 'The best first'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -l by-host -d 'Guests of one host together'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -x -l filter -d 'Only those that have this in a name'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -x -l top -d 'Only the first'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -x -l watch -d 'Ask again every so many seconds'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -r -F -l password -d 'For the server'
complete -c vmm_monitor -n '__fish_seen_subcommand_from fleet' -r -F -l ca -d 'Certificates to trust'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -r -F -l textfile -d 'Where the figures are written'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -x -l push -d 'Where they are sent'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -r -F -l push-password -d 'For that'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -r -F -l push-ca -d 'Certificates to trust there'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -x -l listen -a 127.0.0.1:9780 -d 'Answer who collects'
complete -c vmm_monitor -n '__fish_seen_subcommand_from peer' -x -l listen -a 127.0.0.1:9781 -d 'Only at this address'
complete -c vmm_monitor -n '__fish_seen_subcommand_from peer' -x -l minutes -d 'End after so many'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -r -F -l tls-cert -d 'The certificate of that address'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -r -F -l tls-key -d 'Its key'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -r -F -l password -d 'Who may read'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve' -l open -d 'Whoever reaches that address may read'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve watch' -x -l every -d 'Time from one window to the next'
complete -c vmm_monitor -n '__fish_seen_subcommand_from serve watch' -l once -d 'Measure one window now, and end'

complete -c vmm_monitor -n '__fish_seen_subcommand_from show export label delete compare' -F -a '(__vmm_monitor_results)'
complete -c vmm_monitor -n '__fish_seen_subcommand_from import' -F

set -l turns '__fish_seen_subcommand_from turns'
complete -c vmm_monitor -n $turns -x -l for -d 'End after that time'
complete -c vmm_monitor -n $turns -x -l until -d 'End when the mean is known so well, in percent'
complete -c vmm_monitor -n $turns -l unsynchronised -d "Trust this guest's clock"
complete -c vmm_monitor -n $turns -l guided -d 'Of two VMs only one can run'
