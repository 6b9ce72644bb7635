package diag

// English is the catalogue from which the others are translated.
var English = &Language{
	Tag: "en",
	Phrases: map[string]string{
		"line": "line {n}",
		"hint": "hint",
	},
	Entries: map[Code]Entry{
		Unexpected: {"unexpected failure: {error}", "this is a fault of the tool, please report it with the command and its input"},
	},
}
