# matrix-auth-actions on this server
#
# This folder belongs to a migration of Synapse to Matrix Authentication Service (MAS).
# guard.sh is yours, as root, on a night when GitHub is away:
#
#   bash guard.sh status      what runs, who holds the lock, whether Synapse is held, the last lines of the journal
#   bash guard.sh restore     puts the files back that Synapse had before, takes what the migration wrote out of the
#                             database of MAS, starts Synapse on its own login, and uninstalls; it can be repeated.
#                             Not once a migration is proven: then the action migrate goes back (operation: rollback)
#   bash guard.sh hold        keeps Synapse and its workers from starting, through reboots, until the file ../hold is removed
#   bash guard.sh uninstall   removes the timer, the unit and the drop-ins; the journal and the backups stay
#
# While a migration is alive (it renews its lease every few seconds) restore and hold refuse: end the migration first.
# ../journal.jsonl is what was done, ../before and ../after are the files of both sides, ../backup holds the backups.
