# matrix-auth-actions on this server
#
# This folder belongs to a migration of Synapse to Matrix Authentication Service (MAS).
# If GitHub is not available, run guard.sh as root:
#
#   bash guard.sh status      shows the services, the owner of the lock, the hold, and the last lines of the journal
#   bash guard.sh restore     restores Synapse's files, starts Synapse with its built-in login, removes what the migration
#                             wrote from the database of MAS, and uninstalls. It can be repeated. It refuses once the
#                             migration is proven: then run the action migrate with operation: rollback
#   bash guard.sh hold        prevents Synapse and its workers from starting, also after a reboot, until ../hold is removed
#   bash guard.sh uninstall   removes the timer, the unit and the drop-ins; keeps the journal and the backups
#
# While a migration is running (it renews its lease every few seconds) restore and hold refuse. Cancel the migration first.
# ../journal.jsonl is the log of the migration. ../before and ../after hold the changed files. ../backup holds the backups.
