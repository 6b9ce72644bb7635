package diag

// Czech is the catalogue for the tool's users in Czechia.
var Czech = &Language{
	Tag: "cs",
	Phrases: map[string]string{
		"line":    "řádek {n}",
		"hint":    "rada",
		"warning": "varování",
		"note":    "poznámka",
	},
	Entries: map[Code]Entry{
		Unexpected: {"neočekávaná chyba: {error}", "je to chyba nástroje, nahlaste ji prosím i s příkazem a vstupem"},
		// config
		"config-bad-date":         {`„{value}“ není den`, "zapište jej jako 2026-01-31"},
		"config-bad-number":       {`„{value}“ není číslo`, "zapište je s desetinnou tečkou a bez mezer, například 21 nebo 0.5"},
		"config-bad-substitution": {`„{value}“ není proměnná`, "zapište ${NAME}, nebo $${ pro samotné znaky"},
		"config-bad-value":        {`„{value}“ není žádná z hodnot {allowed}`, ""},
		"config-duplicate-key":    {`klíč „{value}“ je zde dvakrát`, ""},
		"config-missing-key":      {`chybí klíč „{value}“`, ""},
		"config-not-found":        {`konfigurační soubor „{value}“ neexistuje`, "vytvoří jej pohoda init"},
		"config-not-utf8":         {"soubor není v UTF-8", "uložte jej jako UTF-8; Poznámkový blok to nabízí v Uložit jako"},
		"config-syntax":           {"není to soubor YAML: {reason}", ""},
		"config-unknown-key":      {`neznámý klíč „{value}“`, "nemá to být {known}?"},
		"config-unknown-variable": {`proměnná prostředí „{value}“ nepatří k žádné hodnotě konfigurace`, "nemá to být {known}?"},
		"config-unreadable":       {`konfigurační soubor „{value}“ nelze přečíst: {reason}`, ""},
		"config-unset-variable":   {`proměnná prostředí „{value}“ není nastavena`, "nastavte ji, nebo hodnotu zapište do souboru"},
		"config-unsupported-yaml": {`„{value}“ z jazyka YAML zde nemá význam`, "kotvy, odkazy, značky, slučování klíčů a další dokumenty konfigurace nepoužívá"},
		"config-want-list":        {`má zde být seznam, ne „{value}“`, "zapište [jedna, dvě]"},
		"config-want-mapping":     {`mají zde být klíče s hodnotami, ne „{value}“`, "zapište {klíč: hodnota}, nebo klíče odsazené na dalších řádcích"},
		"config-want-value":       {`má zde být jediná hodnota, ne „{value}“`, ""},
		// vat
		"vat-country-unknown": {"sazby DPH země {country} nejsou známy", "doplní je vat.rates v konfiguraci"},
		"vat-date-too-old":    {"sazby DPH země {country} k {day} nejsou známy, nejstarší jsou od {first}", "starší doplní vat.rates v konfiguraci"},
		"vat-rate-unknown":    {"sazba DPH „{value}“ v zemi {country} k {day} neplatí", "sazby platné v zemi {country} k {day}: {rates}"},
		"vat-rate-unproven":   {"sazba DPH „{value}“ v zemi {country} platila, ale není ověřeno, pod jakou sazbou ji POHODA vede", "sazby, které lze k {day} zapsat: {rates}"},
	},
}
