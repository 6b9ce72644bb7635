package expression

import (
	"maps"
	"slices"
	"strings"
)

// function is a function that expressions may call. None reads a file, the
// environment, the network or the clock; what is absent goes in as nil and, but
// for arithmetic, comes out as nil.
type function struct {
	call func(args ...any) (any, error)
	// signature is a func type: how many arguments a call must have.
	signature any
	// needsRun hands the run over as a hidden first argument.
	needsRun bool
	// usage and does are for people.
	usage, does string
}

type (
	one     = func(any) any
	two     = func(any, any) any
	three   = func(any, any, any) any
	many    = func(...any) any
	oneMany = func(any, ...any) any
)

// functions are the functions of the language by name, beside builtins.
var functions = map[string]function{
	// Values.
	"text":     {oneText(keep1), new(one), false, `text(x)`, "a number or truth value as text"},
	"dec":      {decOf, new(one), false, `dec(x)`, "the exact number of a number or of a text such as 1234.50"},
	"date":     {dateOf, new(one), false, `date(x)`, "the day of a date or moment in ISO 8601"},
	"czDec":    {czDecOf, new(one), false, `czDec(x)`, "the exact number of people's notation, 1 234,50 Kč"},
	"czDate":   {czDateOf, new(one), false, `czDate(x)`, "the day of people's notation, 16.3.2026"},
	"first":    {firstOf, new(many), false, `first(x, …)`, "the first that is there and not blank"},
	"required": {requiredOf, new(one), false, `required(x)`, "x; without it the record is refused"},
	"texts":    {textsOf, new(one), false, `texts(object)`, "its simple values as texts, for custom"},
	// Texts.
	"join":       {joinOf, new(oneMany), false, `join(separator, x, …)`, "the parts that are not blank, joined"},
	"trim":       {oneText(strings.TrimSpace), new(one), false, `trim(x)`, "without the blanks around it"},
	"upper":      {oneText(strings.ToUpper), new(one), false, `upper(x)`, "in capitals"},
	"lower":      {oneText(strings.ToLower), new(one), false, `lower(x)`, "in small letters"},
	"plain":      {oneText(PlainText), new(one), false, `plain(x)`, "HTML as plain text"},
	"trimSuffix": {twoTexts(strings.TrimSuffix), new(two), false, `trimSuffix(x, end)`, "without that end"},
	"trimPrefix": {twoTexts(strings.TrimPrefix), new(two), false, `trimPrefix(x, start)`, "without that start"},
	"replace":    {replaceOf, new(three), false, `replace(x, old, new)`, "with new in the place of each old"},
	"split":      {splitOf, new(two), false, `split(x, separator)`, "the list of its parts, without the blanks around them"},
	// Lists.
	"concat":  {concatOf, new(many), false, `concat(list, …)`, "one list of several; an absent one adds nothing"},
	"flatten": {flattenOf, new(one), false, `flatten(lists)`, "one list of a list of lists"},
	"meta":    {metaOf, new(two), false, `meta(list, key)`, "the value of a key in a list of {key, value}"},
	// Numbers.
	"round":  {roundOf, new(two), false, `round(n, places)`, "n to so many decimal places"},
	"abs":    {absOf, new(one), false, `abs(n)`, "n without its sign"},
	"sum":    {sumOf, new(one), false, `sum(list)`, "the sum of numbers"},
	"isZero": {isZeroOf, new(one), false, `isZero(x)`, "whether it is nought, which what is absent is not"},
	"price":  {priceOf, new(three), false, `price(before, after, quantity)`, "unit and discount of a line by its sums without and with it"},
	// What Czech and Slovak records have.
	"account": {accountOf, new(one), false, `account(x)`, "a bank account or IBAN, for bankAccounts"},
	"days":    {daysOf, new(one), false, `days(x)`, "the number in a text such as 14 dní"},
	"ico":     {icoOf, new(three), true, `ico(x, country)`, "an IČO with the zeros that a spreadsheet has eaten"},
	"zip":     {zipOf, new(three), true, `zip(x, country)`, "a postal code as 602 00"},
	// What a person should know.
	"warn": {warnOf, new(three), true, `warn("text", x)`, "x; where it is there, the record gets a warning with the text"},
	// What the profile declares.
	"lookup":  {lookupOf, new(three), true, `lookup("map", word)`, "the word by one of the maps"},
	"record":  {recordFunction, new(three), true, `record("lookup", id)`, "the further record of an id, out of the files of --with"},
	"records": {recordsFunction, new(three), true, `records("lookup", key)`, "the list of all further records of a key"},
}

// builtins are the functions of the expression library that stay; the others
// know the clock, compute in binary fractions, or panic on what is absent.
var builtins = map[string]Function{
	"all":    {"all(list, condition)", "whether it holds for each item, which is # in it, its key .key"},
	"any":    {"any(list, condition)", "whether it holds for one item or more"},
	"none":   {"none(list, condition)", "whether it holds for no item"},
	"one":    {"one(list, condition)", "whether it holds for just one item"},
	"filter": {"filter(list, condition)", "the items for which it holds"},
	"find":   {"find(list, condition)", "the first item for which it holds"},
	"map":    {"map(list, expression)", "what the expression makes of each item"},
	"count":  {"count(list, condition)", "for how many items it holds"},
	"len":    {"len(x)", "how many items or characters it has"},
}

// Function is a function of the profiles' language as its user knows it.
type Function struct{ Usage, Does string }

// Functions lists what an expression may call, by name.
func Functions() []Function {
	all := slices.Collect(maps.Values(builtins))
	for _, f := range functions {
		all = append(all, Function{f.usage, f.does})
	}
	slices.SortFunc(all, func(a, b Function) int { return strings.Compare(a.Usage, b.Usage) })
	return all
}

// IsFunction tells whether the language has a function of a name.
func IsFunction(name string) bool {
	_, builtin := builtins[name]
	return builtin || functions[name].call != nil
}

// FunctionNames lists the names of what an expression may call.
func FunctionNames() []string {
	return append(slices.Sorted(maps.Keys(functions)), slices.Sorted(maps.Keys(builtins))...)
}
