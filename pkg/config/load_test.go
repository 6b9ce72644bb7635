package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(content), 0o600))
	return name
}

func load(t *testing.T, content string) (*Config, diag.List) {
	t.Helper()
	t.Chdir(t.TempDir())
	write(t, Name, content)
	return Load(Options{Env: map[string]string{"CRM": "crm", "EMPTY": ""}})
}

const full = `# every key
unit: {ico: 01234567, country: SK, vat_payer: false, key: "{GUID}", period: following}
source:
  path: deals.json
  profile: mine.yaml
  with: [companies.json, /data/more.json, "-"]
  instance: ${CRM}-$${CRM}-$5
  columns: {order: "Č. obj."}
sources:
  shop: {path: shop/, profile: woocommerce-order}
xph_format: eform
encoding: {output: utf-8, unmappable: translit}
texts: cut
checks: {ico: refuse, totals: warn, reverse_charge_gross: net}
lines: {unpaired: hold, catalogue: products.ndjson, link: never}
partner: {link: never}
dates: {order: today, issued_order: deliverUntil}
maps:
  payment: {cod: dobírka}
  carrier: {Zásilkovna: ZAS}
  centre: {MORAVA: BRNO}
defaults: {store: HLAVNI, series: 26OP, reserve: false, labels: [web, e-shop], issued_order: {series: 26OV}}
rounding: {document: math2one, vat: none, calculate_vat: true, EUR: {document: none, calculate_vat: false}, issued_order: {document: none}}
rules: {vat_class: '"UD"', issued_order: {vat_class: '"PN"'}}
states: {won: [E_WIN, Výhra], in_progress: [Vyřizuje se]}
vat: {rates: [{country: CZ, from: 2024-01-01, high: 21, low: 12.5}]}
pack:
  id: crm
  application: můj most
  note: |
    one
    two
lang: cs
`

func TestLoadEveryKey(t *testing.T) {
	c, issues := load(t, full)
	require.Empty(t, issues)
	no := false
	assert.Equal(t, Unit{ICO: "01234567", Country: "SK", Key: "{GUID}", Period: "following"}, c.Unit)
	assert.Equal(t, Source{Path: "deals.json", Profile: "mine.yaml", With: []string{"companies.json", "/data/more.json", "-"},
		Instance: "crm-${CRM}-$5", Columns: map[string]string{"order": "Č. obj."}}, c.Source)
	assert.Equal(t, map[string]Source{"shop": {Path: "shop", Profile: "woocommerce-order"}}, c.Sources)
	assert.Equal(t, EForm, c.XPHFormat)
	assert.Equal(t, Encoding{"utf-8", Translit}, c.Encoding)
	assert.Equal(t, Cut, c.Texts)
	assert.Equal(t, Checks{Refuse, Warn, Net}, c.Checks)
	assert.Equal(t, Lines{Hold, "products.ndjson", Never}, c.Lines)
	assert.Equal(t, Never, c.Partner.Link)
	assert.Equal(t, Dates{"today", map[string]string{"issued_order": "deliverUntil"}}, c.Dates)
	assert.Equal(t, Maps{Payment: map[string]string{"cod": "dobírka"}, Carrier: map[string]string{"Zásilkovna": "ZAS"},
		Centre: map[string]string{"MORAVA": "BRNO"}}, c.Maps)
	assert.Equal(t, Defaults{TargetDefaults{Store: "HLAVNI", Series: "26OP", Reserve: &no, Labels: []string{"web", "e-shop"}}, map[string]TargetDefaults{"issued_order": {Series: "26OV"}}}, c.Defaults)
	yes, no := true, false
	assert.Equal(t, Rounding{
		TargetRounding{CurrencyRounding{money.MathToOne, "none", &yes}, map[string]CurrencyRounding{"EUR": {money.RoundNone, "", &no}}},
		map[string]TargetRounding{"issued_order": {CurrencyRounding{Document: money.RoundNone}, nil}},
	}, c.Rounding)
	assert.Equal(t, Rules{`"UD"`, map[string]TargetRules{"issued_order": {`"PN"`}}}, c.Rules)
	assert.Equal(t, States{Won: []string{"E_WIN", "Výhra"}, InProgress: []string{"Vyřizuje se"}}, c.States)
	assert.Equal(t, []Rates{{Country: "CZ", From: 20240101, High: money.MustParse("21"), Low: money.MustParse("12.5")}}, c.VAT.Rates)
	assert.Equal(t, Pack{ID: "crm", Application: "můj most", Note: "one\ntwo\n"}, c.Pack)
	assert.Equal(t, "cs", c.Lang)
}

func TestLoadWithoutAnything(t *testing.T) {
	t.Chdir(t.TempDir())
	c, issues := Load(Options{UserDir: t.TempDir()})
	assert.Empty(t, issues)
	assert.Equal(t, Default(), c)
}

func TestLoadEmptyFile(t *testing.T) {
	for _, content := range []string{"", "\n", "# nothing yet\n", "unit:\nsource:\n  with:\n", "---\n", "\ufeff# with a byte order mark\r\nlang: en\r\n"} {
		c, issues := load(t, content)
		assert.Empty(t, issues, "%q", content)
		assert.Equal(t, Default().Unit, c.Unit)
	}
}

func TestLoadFindsTheFile(t *testing.T) {
	t.Chdir(t.TempDir())
	user := t.TempDir()
	ico := func(o Options) string {
		c, issues := Load(o)
		require.Empty(t, issues)
		return c.Unit.ICO
	}
	theirs := write(t, filepath.Join(user, "pohoda", Name), "unit: {ico: 1}\nlines: {catalogue: products.csv}\n")
	assert.Equal(t, "1", ico(Options{UserDir: user}))
	write(t, Name, "unit: {ico: 2}")
	assert.Equal(t, "2", ico(Options{UserDir: user}), "the working directory comes first")
	other := write(t, "other.yaml", "unit: {ico: 3}")
	assert.Equal(t, "3", ico(Options{UserDir: user, File: other}), "--config beats both")

	c, _ := Load(Options{File: theirs})
	assert.Equal(t, filepath.Join(user, "pohoda", "products.csv"), c.Lines.Catalogue, "paths count from the file's folder")
}

func TestLayersAndOrigins(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, Name, "unit:\n  ico: 1\n  country: SK\nlang: cs\nmaps: {payment: {cod: dobírka}}\ndefaults: {labels: [web]}\n")
	c, issues := Load(Options{
		Env:   map[string]string{"POHODA_UNIT_ICO": "2", "POHODA_UNIT_VAT_PAYER": "false", "POHODA_DEFAULTS_RESERVE": "true", "POHODA_LANG": ""},
		Flags: []Flag{{"ico", "unit.ico", "3"}},
	})
	require.Empty(t, issues)
	assert.Equal(t, "3", c.Unit.ICO)
	var got []string
	for _, v := range c.Values() {
		got = append(got, v.Key+" = "+v.Text+" ("+v.Origin.String()+")")
	}
	assert.Equal(t, []string{
		"unit.ico = 3 (--ico)",
		"unit.country = SK (pohoda.yaml:3:12)",
		"unit.vat_payer = false (POHODA_UNIT_VAT_PAYER)",
		"xph_format = datapack (default)",
		"encoding.output = windows-1250 (default)",
		"encoding.unmappable = refuse (default)",
		"texts = refuse (default)",
		"checks.ico = warn (default)",
		"checks.totals = refuse (default)",
		"checks.reverse_charge_gross = refuse (default)",
		"lines.unpaired = text (default)",
		"lines.link = orders (default)",
		"partner.link = by-number (default)",
		"dates.order = issue-date (default)",
		"order_note[0] = variable_symbol (default)",
		"order_note[1] = due_date (default)",
		"maps.payment.cod = dobírka (pohoda.yaml:5:23)",
		"defaults.reserve = true (POHODA_DEFAULTS_RESERVE)",
		"defaults.labels[0] = web (pohoda.yaml:6:21)",
		"pack.application = pohoda (default)",
		"lang = cs (pohoda.yaml:4:7)",
	}, got)
}

func TestValuesOfListsAndNumbers(t *testing.T) {
	c, issues := load(t, full)
	require.Empty(t, issues)
	texts := map[string]string{}
	for _, v := range c.Values() {
		texts[v.Key] = v.Text
	}
	assert.Equal(t, "2024-01-01", texts["vat.rates[0].from"])
	assert.Equal(t, "12.5", texts["vat.rates[0].low"])
	assert.Equal(t, "false", texts["defaults.reserve"])
	assert.Equal(t, "shop", texts["sources.shop.path"])
	assert.Equal(t, "Výhra", texts["states.won[1]"])
}

func TestLoadReportsWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"maps: {payment: {cod: dob\xedrka}}", `: the file is not in UTF-8 [save it as UTF-8; Notepad offers this under Save as]`},
		{"unti: {ico: 1}", `:1:1: unknown key "unti" [did you mean unit?]`},
		{"unit: {xyz: 1}", `:1:8: unit: unknown key "xyz" [did you mean ico, country, vat_payer, key, period?]`},
		{"unit:\n  ico: 1\n  ico: 2", `:3:3: unit: key "ico" stands here twice []`},
		{"unit: 5", `:1:7: unit: keys with values are expected, not "5" [write {key: value}, or the keys indented on the lines below]`},
		{"- 1", `:1:1: keys with values are expected, not "- 1" [write {key: value}, or the keys indented on the lines below]`},
		{"states: {won: Výhra}", `:1:15: states.won: a list is expected, not "Výhra" [write [one, two]]`},
		{"unit: {ico: [1]}", `:1:13: unit.ico: a single value is expected, not "[1]" []`},
		{"unit: {country: cz}", `:1:17: unit.country: "cz" is not one of CZ, SK []`},
		{"unit: {vat_payer: ano}", `:1:19: unit.vat_payer: "ano" is not one of true, false []`},
		{"rounding: {document: up}", `:1:22: rounding.document: "up" is not one of down2half, down2one, down2tenth, math2half, math2one, math2tenth, math5cent, none, up2half, up2one, up2tenth []`},
		{"vat: {rates: [{country: CZ, from: 1.1.2024, high: 21}]}", `:1:35: vat.rates[0].from: "1.1.2024" is not a day [write it as 2026-01-31]`},
		{"vat: {rates: [{country: CZ, from: 2024-01-01, high: 21 %}]}", `:1:53: vat.rates[0].high: "21 %" is not a number [write it with a decimal point and without spaces, such as 21 or 0.5]`},
		{"vat: {rates: [{country: CZ, high: 21}]}", `:1:15: vat.rates[0]: key "from" is missing []`},
		{"source: {instance: 'a${NOWHERE}'}", `:1:20: source.instance: environment variable "NOWHERE" is not set [set it, or write the value into the file]`},
		{"source: {instance: 'a${b c}'}", `:1:20: source.instance: "${b c}" is not a variable [write ${NAME}, or $${ for the characters themselves]`},
		{"source: {instance: 'a${b'}", `:1:20: source.instance: "${b" is not a variable [write ${NAME}, or $${ for the characters themselves]`},
		{"unit: &u {ico: 1}", `:1:7: unit: "&" of YAML is not understood here [anchors, aliases, tags, merge keys and further documents have no use in the configuration]`},
		{"lang: en\n---\nlang: cs", `:2:1: "---" of YAML is not understood here [anchors, aliases, tags, merge keys and further documents have no use in the configuration]`},
		{"unit: {<<: {ico: 1}}", `:1:8: unit: "<<" of YAML is not understood here [anchors, aliases, tags, merge keys and further documents have no use in the configuration]`},
	} {
		t.Run(c.content, func(t *testing.T) {
			_, issues := load(t, c.content)
			require.Len(t, issues, 1)
			got := diag.English.Line(issues[0]) + " [" + diag.English.Hint(issues[0]) + "]"
			assert.Equal(t, Name+c.want, got)
		})
	}
}

func TestLoadReportsSyntaxWithItsPlace(t *testing.T) {
	_, issues := load(t, "unit:\n  ico: \"1\n")
	require.Len(t, issues, 1)
	assert.Equal(t, CodeSyntax, issues[0].Code)
	assert.Equal(t, 2, issues[0].At.Line)
}

func TestLoadReportsEverythingAtOnce(t *testing.T) {
	c, issues := load(t, "unti: 1\nlang: de\nunit: {ico: 7, country: PL}\n")
	require.Len(t, issues, 3)
	assert.Equal(t, "7", c.Unit.ICO, "what is right was read")
}

func TestLoadNamesVariableAndFlag(t *testing.T) {
	t.Chdir(t.TempDir())
	_, issues := Load(Options{
		Env:   map[string]string{"POHODA_TEXTS": "shorten"},
		Flags: []Flag{{"country", "unit.country", "DE"}},
	})
	require.Len(t, issues, 2)
	assert.Equal(t, `POHODA_TEXTS: "shorten" is not one of refuse, cut`, issues[0].Error())
	assert.Equal(t, `--country: "DE" is not one of CZ, SK`, issues[1].Error())
}

func TestLoadMissingFile(t *testing.T) {
	t.Chdir(t.TempDir())
	_, issues := Load(Options{File: "nowhere.yaml"})
	require.Len(t, issues, 1)
	assert.Equal(t, CodeNotFound, issues[0].Code)
	_, issues = Load(Options{File: t.TempDir()})
	require.Len(t, issues, 1)
	assert.Equal(t, CodeUnreadable, issues[0].Code)
}

func TestUnknownVariables(t *testing.T) {
	issues := UnknownVariables(map[string]string{"POHODA_UNIT_ICQ": "1", "POHODA_LANG": "cs", "HOME": "/"})
	require.Len(t, issues, 1)
	assert.Equal(t, `environment variable "POHODA_UNIT_ICQ" names no value of the configuration`, issues[0].Error())
	assert.Equal(t, "did you mean POHODA_UNIT_ICO, POHODA_UNIT_KEY, POHODA_UNIT_PERIOD?", diag.English.Hint(issues[0]))
}

func BenchmarkLoad(b *testing.B) {
	file := filepath.Join(b.TempDir(), Name)
	require.NoError(b, os.WriteFile(file, []byte(full), 0o600))
	for b.Loop() {
		Load(Options{File: file, Env: map[string]string{"CRM": "crm"}})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(full)
	f.Add("unit: &u {ico: [1}\n--- \n? a\n: b\n")
	f.Add("lang: !!str cs\nsources: {a: *b}\n")
	f.Fuzz(func(_ *testing.T, content string) {
		c := Default()
		r := reader{config: c, env: map[string]string{}}
		r.read([]byte(content))
		c.Values()
	})
}

// TestKeysOfTheUser: beside its own keys, rounding takes currencies and rules targets.
func TestKeysOfTheUser(t *testing.T) {
	for content, want := range map[string]diag.Code{
		"rounding: {EUR: {document: none}, HUF: {vat: none}}\n": "",
		"rounding: {eur: none}\n":                               CodeUnknownKey,
		"defaults: {sries: 26OP}\n":                             CodeUnknownKey,
		"defaults: {issued_order: {sries: 26OP}}\n":             CodeUnknownKey,
		"rounding: {EUR: {documents: none}}\n":                  CodeUnknownKey,
		"rounding: {EUR: {document: crowns}}\n":                 CodeBadValue,
		"rounding: {EUR: none}\n":                               CodeWantMapping,
		"rounding: {EUR: {EUR: {document: none}}}\n":            CodeUnknownKey,
		"rules: {issued_order: {vat_class: '\"PN\"'}}\n":        "",
		"rules: {issued-order: {vat_class: '\"PN\"'}}\n":        CodeUnknownKey,
		"rules: {vat_clas: PN}\n":                               CodeUnknownKey,
	} {
		_, issues := load(t, content)
		if want == "" {
			assert.Empty(t, issues, content)
		} else if assert.Len(t, issues, 1, content) {
			assert.Equal(t, want, issues[0].Code, content)
		}
	}
}
