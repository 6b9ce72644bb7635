package diag

// Czech is the catalogue for the tool's users in Czechia.
var Czech = &Language{
	Tag: "cs",
	Phrases: map[string]string{
		"line": "řádek {n}",
		"hint": "rada",
	},
	Entries: map[Code]Entry{
		Unexpected: {"neočekávaná chyba: {error}", "je to chyba nástroje, nahlaste ji prosím i s příkazem a vstupem"},
	},
}
