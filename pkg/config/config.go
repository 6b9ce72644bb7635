// Package config is the one typed value that says how a unit wants its
// documents: read from a YAML file, overridden by the environment and by flags.
// Each value knows where it came from.
//
// # Keys
//
// The struct tags name the keys of the file; an unknown key is an error. Every
// single value has an environment variable as well: unit.vat_payer is
// POHODA_UNIT_VAT_PAYER. What is not set is "" or nil, and is not sent to POHODA.
package config

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// Words of the policies.
const (
	Refuse   = "refuse"
	Warn     = "warn"
	Cut      = "cut"
	Translit = "translit"
	CharRef  = "charref"
	Hold     = "hold"
	Fail     = "fail"
	AsText   = "text"
	Orders   = "orders"
	Never    = "never"
	ByNumber = "by-number"
	Net      = "net"
)

// Formats of a file that ends with .xph.
const (
	DataPack = "datapack"
	EForm    = "eform"
)

// Config is the whole configuration. The tag oneof lists what a value may be;
// path marks a file name that counts from the folder of the configuration file,
// required a key that its mapping cannot do without. A field whose key is "*" is a
// map that takes the keys which its struct does not name; others says what they are.
type Config struct {
	Unit    Unit              `yaml:"unit"`
	Source  Source            `yaml:"source"`
	Sources map[string]Source `yaml:"sources"`
	// Ledger remembers what was transferred: a file, a database
	// (postgres://…), or none. Absent, it is a file in the user's folder as soon
	// as a command that needs a ledger has made it.
	Ledger Ledger `yaml:"ledger" path:"ledger"`
	// XPHFormat is what a file named .xph holds unless --format says it.
	XPHFormat string   `yaml:"xph_format" oneof:"datapack,eform"`
	Encoding  Encoding `yaml:"encoding"`
	// Texts says what happens to a text longer than POHODA takes.
	Texts   string  `yaml:"texts" oneof:"refuse,cut"`
	Checks  Checks  `yaml:"checks"`
	Lines   Lines   `yaml:"lines"`
	Partner Partner `yaml:"partner"`
	Dates   Dates   `yaml:"dates"`
	// OrderNote names the fields that the internal note of an order holds, since POHODA has
	// no other place for them there.
	OrderNote []string `yaml:"order_note"`
	Maps      Maps     `yaml:"maps"`
	Defaults  Defaults `yaml:"defaults"`
	Rounding  Rounding `yaml:"rounding"`
	Rules     Rules    `yaml:"rules"`
	States    States   `yaml:"states"`
	VAT       VAT      `yaml:"vat"`
	Pack      Pack     `yaml:"pack"`
	// Lang is the language of messages.
	Lang string `yaml:"lang" oneof:"en,cs"`

	file    string
	origins map[string]Origin
}

// Unit is the accounting unit in POHODA.
type Unit struct {
	// ICO is the registration number that the unit has in POHODA; POHODA
	// imports only what carries it.
	ICO string `yaml:"ico"`
	// Country picks the VAT table and the home currency.
	Country  string `yaml:"country" oneof:"CZ,SK"`
	VATPayer bool   `yaml:"vat_payer"`
	// Key is the GUID of the unit, which POHODA uses when there is no ICO.
	Key string `yaml:"key"`
	// Period is the accounting period that POHODA switches to.
	Period string `yaml:"period" oneof:"current,following"`
}

// Source is where records come from.
type Source struct {
	// Path is a file, a folder or "-".
	Path string `yaml:"path" path:"data"`
	// Profile names a mapping profile, or is the path of one (it ends with
	// .yaml or .yml); absent, the shape is recognised.
	Profile string `yaml:"profile" path:"profile"`
	// With are further files that the records refer to.
	With []string `yaml:"with" path:"data"`
	// Instance is which account or shop of the system this is; it is part of
	// every record's identity.
	Instance string `yaml:"instance"`
	// Columns names columns of a CSV outright: field to header.
	Columns map[string]string `yaml:"columns"`
}

// Ledger is the place of a ledger: the path of a file, a URL, or NoLedger.
type Ledger string

// NoLedger says that nothing is to be remembered.
const NoLedger Ledger = "none"

// IsURL tells a database of a server from a file.
func (l Ledger) IsURL() bool { return strings.Contains(string(l), "://") }

// String is the place as it may be shown: without a password.
func (l Ledger) String() string { return diag.MaskPlace(string(l)) }

// Encoding says how files for POHODA are encoded.
type Encoding struct {
	Output string `yaml:"output" oneof:"windows-1250,utf-8"`
	// Unmappable says what happens to a character that the encoding lacks.
	Unmappable string `yaml:"unmappable" oneof:"refuse,translit,charref"`
}

// Checks say how hard a finding is.
type Checks struct {
	// ICO is about a wrong check digit.
	ICO string `yaml:"ico" oneof:"warn,refuse"`
	// Totals is about a source's sums that rounding does not explain.
	Totals string `yaml:"totals" oneof:"warn,refuse"`
	// ReverseChargeGross is about prices with VAT on lines under reverse charge.
	ReverseChargeGross string `yaml:"reverse_charge_gross" oneof:"refuse,net"`
}

// Lines say how lines meet POHODA's stock.
type Lines struct {
	// Unpaired says what happens to a line whose code the catalogue lacks: it
	// becomes a text line, its document waits, or is refused.
	Unpaired string `yaml:"unpaired" oneof:"text,hold,fail"`
	// Catalogue is a file of the products that POHODA knows.
	Catalogue string `yaml:"catalogue" path:"data"`
	// Link says on which documents lines are tied to stock.
	Link string `yaml:"link" oneof:"orders,never"`
}

// Partner says whether POHODA looks up the partner in its address book.
type Partner struct {
	Link string `yaml:"link" oneof:"by-number,never"`
}

// Dates say where the date of a document comes from: issue-date, today, or a field of
// the record.
type Dates struct {
	// Order is for orders of both directions.
	Order string `yaml:"order"`
	// Targets are the dates of single kinds of document (issued_order), over it.
	Targets map[string]string `yaml:"*" others:"target"`
}

// Of is where the documents of a target have their date from, by its own key or that of
// its agenda; "" for the record's own.
func (d Dates) Of(target, agenda string) string {
	return cmp.Or(d.Targets[TargetKey(target)], byName[string](reflect.ValueOf(d))[agenda])
}

// Uses tells whether the documents of any target have their date from a place.
func (d Dates) Uses(from string) bool {
	return d.Order == from || slices.Contains(slices.Collect(maps.Values(d.Targets)), from)
}

// Without leaves out a place that dates come from.
func (d Dates) Without(from string) Dates {
	own := Dates{Order: d.Order, Targets: maps.Clone(d.Targets)}
	if own.Order == from {
		own.Order = ""
	}
	maps.DeleteFunc(own.Targets, func(_, other string) bool { return other == from })
	return own
}

// TargetKey is the key of a kind of document: issued_order of issued-order.
func TargetKey(target string) string { return strings.ReplaceAll(target, "-", "_") }

// Maps translate a source's own words into the codes of the unit's lists. A word that
// its map lacks is not sent.
type Maps struct {
	Payment    map[string]string `yaml:"payment"`
	Carrier    map[string]string `yaml:"carrier"`
	Centre     map[string]string `yaml:"centre"`
	Activity   map[string]string `yaml:"activity"`
	Contract   map[string]string `yaml:"contract"`
	PriceLevel map[string]string `yaml:"price_level"`
	Store      map[string]string `yaml:"store"`
	Series     map[string]string `yaml:"series"`
	Label      map[string]string `yaml:"label"`
	Accounting map[string]string `yaml:"accounting"`
	VATClass   map[string]string `yaml:"vat_class"`
	KVClass    map[string]string `yaml:"kv_class"`
	Account    map[string]string `yaml:"account"`
}

// Lists gives the maps by the names of the unit's lists; a list without one is not there.
func (m Maps) Lists() map[string]map[string]string {
	return byName[map[string]string](reflect.ValueOf(m))
}

// Defaults fill what the unit decides and a record does not say.
type Defaults struct {
	TargetDefaults
	// Targets are the defaults of single kinds of document (issued_order), over the
	// common ones.
	Targets map[string]TargetDefaults `yaml:"*" others:"target"`
}

// TargetDefaults are the defaults of all documents, or of one kind of them.
type TargetDefaults struct {
	Store      string   `yaml:"store"`
	Series     string   `yaml:"series"`
	Centre     string   `yaml:"centre"`
	Activity   string   `yaml:"activity"`
	Contract   string   `yaml:"contract"`
	Payment    string   `yaml:"payment"`
	PriceLevel string   `yaml:"price_level"`
	Carrier    string   `yaml:"carrier"`
	Accounting string   `yaml:"accounting"`
	Account    string   `yaml:"account"`
	Reserve    *bool    `yaml:"reserve"`
	Labels     []string `yaml:"labels"`
}

// Codes gives the codes by the names of the unit's lists; one that is not set is not
// there.
func (d TargetDefaults) Codes() map[string]string { return byName[string](reflect.ValueOf(d)) }

// Rounding names how POHODA rounds documents.
type Rounding struct {
	TargetRounding
	// Targets are the roundings of single kinds of document (issued_order), over the
	// common ones.
	Targets map[string]TargetRounding `yaml:"*" others:"target"`
}

// TargetRounding names how POHODA rounds documents in the home currency, and those in
// another one that is named.
type TargetRounding struct {
	CurrencyRounding
	// Currencies are the roundings of single currencies, over the common ones.
	Currencies map[string]CurrencyRounding `yaml:"*" others:"currency"`
}

// CurrencyRounding names how POHODA rounds documents in one currency: its own values
// of roundingDocument, roundingVAT and calculateVAT.
type CurrencyRounding struct {
	Document     money.Rounding `yaml:"document"`
	VAT          string         `yaml:"vat"`
	CalculateVAT *bool          `yaml:"calculate_vat"`
}

// Rules give codes of the unit by expressions on the record; those of a target
// (issued_order) beat the common ones.
type Rules struct {
	VATClass string                 `yaml:"vat_class"`
	Targets  map[string]TargetRules `yaml:"*" others:"target"`
}

// TargetRules are the rules of one kind of document.
type TargetRules struct {
	// VATClass is the VAT classification ("Členění DPH").
	VATClass string `yaml:"vat_class"`
}

// States are the source's names and codes of each phase.
type States struct {
	Draft      []string `yaml:"draft"`
	Open       []string `yaml:"open"`
	InProgress []string `yaml:"in_progress"`
	Done       []string `yaml:"done"`
	Won        []string `yaml:"won"`
	Lost       []string `yaml:"lost"`
	Cancelled  []string `yaml:"cancelled"`
}

// VAT overrides the built-in table of rates.
type VAT struct {
	Rates []Rates `yaml:"rates"`
}

// Rates are the rates of a country in percent from a day on.
type Rates struct {
	Country string        `yaml:"country" oneof:"CZ,SK" required:"true"`
	From    Day           `yaml:"from" required:"true"`
	High    money.Decimal `yaml:"high" required:"true"`
	Low     money.Decimal `yaml:"low"`
	Third   money.Decimal `yaml:"third"`
}

// Day is a calendar day as the number yyyymmdd; 0 is absent.
type Day int

// Pack are the attributes of the envelope (data.xsd, dataPackType).
type Pack struct {
	// ID overrides the stable id of the source; POHODA's duplicity check
	// compares it together with the id of the item.
	ID string `yaml:"id"`
	// Application is the sender's name in POHODA's XML log.
	Application string `yaml:"application"`
	Note        string `yaml:"note"`
}

// Default is the configuration without a file.
func Default() *Config {
	return &Config{
		OrderNote: []string{"variable_symbol", "due_date"},
		Unit:      Unit{Country: "CZ", VATPayer: true},
		XPHFormat: DataPack,
		Encoding:  Encoding{Output: "windows-1250", Unmappable: Refuse},
		Texts:     Refuse,
		Checks:    Checks{ICO: Warn, Totals: Refuse, ReverseChargeGross: Refuse},
		Lines:     Lines{Unpaired: AsText, Link: Orders},
		Partner:   Partner{Link: ByNumber},
		Dates:     Dates{Order: "issue-date"},
		Pack:      Pack{Application: "pohoda"},
		Lang:      "en",
		origins:   map[string]Origin{},
	}
}

// File is the configuration file that was read, "" when there was none.
func (c *Config) File() string { return c.file }
