package diag

// English is the catalogue from which the others are translated.
var English = &Language{
	Tag: "en",
	Phrases: map[string]string{
		"line":    "line {n}",
		"hint":    "hint",
		"warning": "warning",
		"note":    "note",
	},
	Entries: map[Code]Entry{
		Unexpected: {"unexpected failure: {error}", "this is a fault of the tool, please report it with the command and its input"},
		// config
		"config-bad-date":         {`"{value}" is not a day`, "write it as 2026-01-31"},
		"config-bad-number":       {`"{value}" is not a number`, "write it with a decimal point and without spaces, such as 21 or 0.5"},
		"config-bad-substitution": {`"{value}" is not a variable`, "write ${NAME}, or $${ for the characters themselves"},
		"config-bad-value":        {`"{value}" is not one of {allowed}`, ""},
		"config-duplicate-key":    {`key "{value}" stands here twice`, ""},
		"config-missing-key":      {`key "{value}" is missing`, ""},
		"config-not-found":        {`configuration file "{value}" does not exist`, "pohoda init writes one"},
		"config-not-utf8":         {"the file is not in UTF-8", "save it as UTF-8; Notepad offers this under Save as"},
		"config-syntax":           {"not a YAML file: {reason}", ""},
		"config-unknown-key":      {`unknown key "{value}"`, "did you mean {known}?"},
		"config-unknown-variable": {`environment variable "{value}" names no value of the configuration`, "did you mean {known}?"},
		"config-unreadable":       {`configuration file "{value}" cannot be read: {reason}`, ""},
		"config-unset-variable":   {`environment variable "{value}" is not set`, "set it, or write the value into the file"},
		"config-unsupported-yaml": {`"{value}" of YAML is not understood here`, "anchors, aliases, tags, merge keys and further documents have no use in the configuration"},
		"config-want-list":        {`a list is expected, not "{value}"`, "write [one, two]"},
		"config-want-mapping":     {`keys with values are expected, not "{value}"`, "write {key: value}, or the keys indented on the lines below"},
		"config-want-value":       {`a single value is expected, not "{value}"`, ""},
		// vat
		"vat-country-unknown": {"no VAT rates of {country} are known", "vat.rates of the configuration takes them"},
		"vat-date-too-old":    {"no VAT rates of {country} are known on {day}, the first are of {first}", "vat.rates of the configuration takes older ones"},
		"vat-rate-unknown":    {`VAT rate "{value}" is not valid in {country} on {day}`, "rates valid in {country} on {day}: {rates}"},
		"vat-rate-unproven":   {`VAT rate "{value}" was valid in {country}, but which level POHODA keeps it under is not proven`, "rates that can be written for {day}: {rates}"},
	},
}
