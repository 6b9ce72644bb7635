package main

import _ "modernc.org/sqlite" // ledgers in a file; no cgo
