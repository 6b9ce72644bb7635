package main

import _ "github.com/jackc/pgx/v5/stdlib" // a ledger that a team shares
