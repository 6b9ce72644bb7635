package profile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// fromForms are the ways in which a profile may say where the lines are. Each is
// a complete beginning: the variables and the expression of from.
var fromForms = []struct{ name, vars, from string }{
	{"a path", "", `r.rows`},
	{"a path with ?.", "", `r.other?.rows`},
	{"a path with [key]", "", `r["rows"]`},
	{"an item of a list", "", `r.groups[0].items`},
	{"the last of a list", "", `r.groups[-1].items`},
	{"??", "", `r.none ?? r.rows`},
	{"?? []", "", `r.other?.rows ?? []`},
	{"a choice", "", `r.flag == true ? r.rows : r.extra`},
	{"filter", "", `filter(r.rows ?? [], .name != nil)`},
	{"filter by .key", "", `filter(r.rows ?? [], .on == true)`},
	{"filter of all", "", `filter(r.rows ?? [], true)`},
	{"a variable", "  list: r.rows", `list`},
	{"a variable that filters", "  list: filter(r.rows ?? [], .on == true)", `list`},
	{"a variable over a variable", "  box: r.other\n  list: box?.rows", `list`},
	{"a variable named as a key", "  rows: r.extra", `rows`},
	{"a variable and a key", "  box: r.other", `box.rows`},
	{"let", "", `let r2 = r.other; r2?.rows`},
	{"concat", "", `concat(r.rows, r.extra)`},
	{"concat the other way", "", `concat(r.extra, r.rows)`},
	{"concat with itself", "", `concat(r.rows, r.rows)`},
	{"concat and filter", "", `concat(filter(r.rows ?? [], .on == true), filter(r.extra ?? [], .on != true))`},
	{"flatten(map)", "", `flatten(map(r.groups ?? [], .items))`},
	{"flatten(map(filter))", "", `flatten(map(filter(r.groups ?? [], .on == true), .items ?? []))`},
	{"map to the items", "", `map(r.rows ?? [], #)`},
	{"map to objects", "", `map(r.rows ?? [], ({id: .id, name: .price, price: .name}))`},
	{"map to inner objects", "", `map(r.rows ?? [], .product)`},
	{"map over indices", "", `map(r.rows ?? [], ({name: "made"}))`},
	{"objects written out", "", `[{name: "one", id: 1}, {name: "two"}]`},
	{"a list written out", "", `[r.head, r.box]`},
	{"the head", "", `[r]`},
	{"a slice", "", `(r.rows ?? [])[1:]`},
	{"a slice from the end", "", `(r.rows ?? [])[:-1]`},
	{"backwards by slices", "", `concat((r.rows ?? [])[1:], (r.rows ?? [])[:1])`},
	{"find", "", `[find(r.rows ?? [], .on == true)]`},
	{"first", "", `first(r.none, r.extra, r.rows)`},
	{"records", "", `records("part", r.id)`},
	{"records beside rows", "", `concat(r.rows, records("part", r.id))`},
	{"record in map", "", `map(r.rows ?? [], record("part", .ref) ?? #)`},
	{"joined by record", "", `filter(records("part", r.id), .on != true)`},
}

// quickFields have the same keys in the head and in lines, so that a value of
// the one is never that of the other by chance.
const quickFields = `
  source.id: r.id
  number: r.number
  title: r.name
  note: r.box?.name
  internalNote: r.head?.name
  text: r.groups[0].name
  status.id: r["price"]
  status.name: r.product?.name
  owner.name: alias?.name
  owner.id: alias?.id
  currency: r.currency
  pricesIncludeVat: r.on
  custom.all: r.name
  totals.net: r.price
`

const quickLine = `
    id: it.id
    name: it.name
    sku: it.product?.code
    description: it["text"]
    note: it.product?.name
    unit: it.list?.[0]
    quantity: it.qty
    unitPrice: it.price
    vatRate: own?.rate
    stock: r.name
    discountPercent: it.box?.deep?.discount
    custom.on: it.on
    custom.sum: 'it.price == nil ? nil : text(it.price)'
`

func quickProfile(t *testing.T, vars, from string) *Profile {
	t.Helper()
	text := small + "lookups:\n  part: {key: ref, has: [ref, part]}\nvars:\n  alias: r.box\n" + vars + "\n" + strings.Replace(quickFields, "\n", "", 1)
	text = strings.Replace(text, "fields:\n  source.id: r.id\nlookups", "lookups", 1)
	text = strings.Replace(text, "  source.id: r.id\n  number", "fields:\n  source.id: r.id\n  number", 1)
	text += "lines:\n  from: '" + from + "'\n  vars:\n    own: it.product\n  fields:" + quickLine
	text = strings.ReplaceAll(text, "    stock: r.name\n", "")
	p, issues := ReadProfile([]byte(text), "quick.yaml")
	require.Empty(t, issues, text)
	require.Empty(t, p.Compile(), text)
	return p
}

// evaluated makes each rule of a profile run its expression.
func evaluated(p *Profile) {
	for _, r := range append(slices.Clone(p.fields), p.lines.fields...) {
		r.expr.Pure = false
	}
}

// generator writes records in which anything may be absent, null, of another
// type or in a list of another length.
type generator struct{ *rand.Rand }

func (g generator) one(texts ...string) string { return texts[g.IntN(len(texts))] }

func (g generator) value(name string) string {
	return g.one(fmt.Sprintf("%q", name+fmt.Sprint(g.IntN(1000))), fmt.Sprint(g.IntN(1000)), fmt.Sprintf("%d.%02d", g.IntN(100), g.IntN(100)),
		"true", "false", "null", `""`, `" "`, "[]", "{}", `[1]`, `{"name": "x"}`)
}

// text is a value of its own type most of the time.
func (g generator) text(name string) string {
	if g.IntN(6) == 0 {
		return g.value(name)
	}
	return fmt.Sprintf("%q", name+" "+fmt.Sprint(g.IntN(100000)))
}

func (g generator) object(depth int, more ...string) string {
	var members []string
	add := func(key, value string) {
		if g.IntN(8) > 0 {
			members = append(members, fmt.Sprintf("%q: %s", key, value))
		}
	}
	add("id", fmt.Sprint(g.IntN(5)))
	add("name", g.text("name"))
	add("price", g.one(fmt.Sprint(g.IntN(1000)), `"12.50"`, "0.1", g.value("p")))
	add("qty", fmt.Sprint(g.IntN(9)))
	add("text", g.text("text"))
	add("on", g.one("true", "false", "null"))
	add("ref", g.one("1", "2", `"3"`, "9"))
	add("list", g.one("[]", `["ks"]`, `[1, 2]`, "null", `[{"name": "n"}]`))
	if depth > 0 {
		add("product", g.one(g.object(depth-1, `"code": `+g.text("code"), `"rate": 21`), "null", g.value("product")))
		add("box", g.one(g.object(depth-1, `"deep": {"discount": 5}`), "null"))
	}
	members = append(members, more...)
	g.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, ", ") + "}"
}

func (g generator) list(depth int) string {
	if g.IntN(12) == 0 {
		return g.one("null", "[]", `"x"`, "{}")
	}
	items := make([]string, g.IntN(4))
	for i := range items {
		items[i] = g.object(depth)
		if g.IntN(25) == 0 {
			items[i] = g.value("item")
		}
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (g generator) Record() string {
	groups := make([]string, g.IntN(4))
	for i := range groups {
		groups[i] = g.object(0, `"items": `+g.list(1))
	}
	return g.object(2, `"number": `+g.text("OP"), `"currency": `+g.text("CZK"), `"rows": `+g.list(1), `"extra": `+g.list(1), `"flag": `+g.one("true", "false"),
		`"head": `+g.object(0), `"other": `+g.object(0, `"rows": `+g.list(1)), `"box2": null`, `"groups": [`+strings.Join(groups, ", ")+`]`)
}

// parts are the further records of the test.
const parts = `[{"ref": 1, "part": "a", "name": "part one", "price": 1.5, "id": 77, "qty": 3},
	{"ref": 2, "part": "b", "name": "part two", "on": true}, {"ref": 3, "part": "c", "name": "part three", "product": {"code": "P3"}}]`

// The quick path gives what the expressions give, for every form of from, to the
// last finding and its place.
func TestQuickPathEqualsTheEvaluatedOne(t *testing.T) {
	const records = 2000
	with, err := OpenWith([]string{fileOf(t, "parts.json", parts)})
	require.NoError(t, err)
	g := generator{rand.New(rand.NewPCG(7, 2026))}
	texts, trees := make([]string, records), make([]*canonical.Node, records)
	for i := range texts {
		texts[i] = g.Record()
		tree, issues := new(canonical.Parser).Parse([]byte(texts[i]), diag.Position{})
		require.Empty(t, issues, texts[i])
		trees[i] = tree
	}
	where := func(at int) diag.Position { return diag.Position{Column: at} }
	lines, own, quick := 0, 0, 0
	for _, form := range fromForms {
		t.Run(form.name, func(t *testing.T) {
			p, slow := quickProfile(t, form.vars, form.from), quickProfile(t, form.vars, form.from)
			evaluated(slow)
			one := &translator{profile: p, with: with, env: map[string]any{}}
			other := &translator{profile: slow, with: with, env: map[string]any{}}
			made := 0
			for i, tree := range trees {
				got, want := one.Record(tree, where), other.Record(tree, where)
				if a, b := shown(want.Node), shown(got.Node); a != b {
					require.Equal(t, a, b, texts[i])
				}
				if a, b := fmt.Sprint(want.Issues), fmt.Sprint(got.Issues); a != b {
					require.Equal(t, want.Issues, got.Issues, texts[i])
				}
				if l := got.Node.Get("lines"); l != nil {
					made += len(l.Items)
				}
				if i >= 300 {
					continue
				}
				n, o := proven(one, tree)
				require.GreaterOrEqual(t, n, 0, "an item is two nodes: %s", texts[i])
				quick, own = quick+n, own+o
			}
			assert.NotZero(t, made, "no record has lines by %s", form.from)
			lines += made
		})
	}
	t.Logf("%d records, %d forms, %d lines: %d proven to be nodes, %d not", records, len(fromForms), lines, quick, own)
	assert.NotZero(t, quick)
	assert.NotZero(t, own)
}

// shown writes a tree with its places.
func shown(n *canonical.Node) string {
	out := fmt.Sprintf("%d@%d%q", n.Kind, n.At, n.Text)
	for i := range n.Members {
		out += "," + n.Members[i].Key + ":" + shown(&n.Members[i].Value)
	}
	for i := range n.Items {
		out += ";" + shown(&n.Items[i])
	}
	return out + "."
}

// proven counts the lines that are known to be nodes and those that are not.
func proven(t *translator, tree *canonical.Node) (quick, own int) {
	clear(t.env)
	r := &run{translator: t, source: tree, where: func(int) diag.Position { return diag.Position{} }, said: map[string]bool{}}
	t.env["r"], t.env[expression.RunName] = expression.ValueOf(tree), r
	r.variables(t.profile.vars, tree, "")
	value, _ := r.value(t.profile.lines.from, tree, "")
	items, _ := value.([]any)
	from := *t.profile.lines.from
	nodes := r.lineNodes(&from, items)
	// By its path an item is the node that it is by itself.
	expr := *from.expr
	expr.Pure = false
	from.expr = &expr
	for i, n := range r.lineNodes(&from, items) {
		if n == nil {
			own++
		} else {
			quick++
			if n != nodes[i] {
				return -1, -1
			}
		}
	}
	return quick, own
}

// Each line has its own values, whatever from is; the head has others under the
// same keys.
func TestLinesKeepTheirOwnValues(t *testing.T) {
	const record = `{"id": "A1", "name": "Head", "price": 9999, "flag": true, "ref": 1,
		"rows": [{"id": "r1", "name": "Bolt", "price": 10, "on": true}, {"id": "r2", "name": "Nut", "price": 5, "on": true}, {"id": "r3", "name": "Off", "price": 7, "on": false}],
		"extra": [{"id": "e1", "name": "More", "price": 1}],
		"groups": [{"name": "Group", "price": 0, "items": [{"id": "g1", "name": "One", "price": 3}]}, {"name": "Group 2", "items": [{"id": "g2", "name": "Two", "price": 4}]}]}`
	for from, want := range map[string]string{
		`filter(r.rows, .on)`: "Bolt 10, Nut 5",
		`list`:                "Bolt 10, Nut 5, Off 7",
		`map(r.rows, #)`:      "Bolt 10, Nut 5, Off 7",
		`map(r.rows, ({name: .name + "!", price: 1}))`:      "Bolt! 1, Nut! 1, Off! 1",
		`concat(r.extra, r.rows)`:                           "More 1, Bolt 10, Nut 5, Off 7",
		`concat(r.extra, filter(r.rows, not .on))`:          "More 1, Off 7",
		`flatten(map(r.groups, .items))`:                    "One 3, Two 4",
		`r.groups[1].items`:                                 "Two 4",
		`r.rows[1:]`:                                        "Nut 5, Off 7",
		`r.flag ? r.extra : r.rows`:                         "More 1",
		`[find(r.rows, .id == "r2")]`:                       "Nut 5",
		`concat(r.rows[2:], r.rows[:2])`:                    "Off 7, Bolt 10, Nut 5",
		`r.none ?? r.extra`:                                 "More 1",
		`filter(r.rows, .id == "r1" or .id == "r3")`:        "Bolt 10, Off 7",
		`[{name: "Own", price: 2}]`:                         "Own 2",
		`map(filter(r.rows, .on), ({name: .id, price: 0}))`: "r1 0, r2 0",
	} {
		p := quickProfile(t, "  list: r.rows ?? []", from)
		tree, _ := new(canonical.Parser).Parse([]byte(record), diag.Position{})
		made := (&translator{profile: p, with: &withFiles{}, env: map[string]any{}}).Record(tree, func(int) diag.Position { return diag.Position{} })
		require.Empty(t, made.Issues, from)
		var got []string
		for _, l := range made.Node.Get("lines").Items {
			got = append(got, l.Get("name").Text+" "+l.Get("unitPrice").Text)
		}
		assert.Equal(t, want, strings.Join(got, ", "), from)
	}
}

// A variable may not take a name by which the engine knows something else.
func TestNamesThatVariablesMayNotTake(t *testing.T) {
	for _, name := range []string{"it", "r", "instance", "_run", "$env", "filter", "len", "first", "a.b"} {
		text := small + "vars:\n  " + name + ": r.x\n"
		_, issues := FindProfile(fileOf(t, "own.yaml", text))
		require.NotEmpty(t, issues, name)
		assert.Equal(t, CodeProfileNameTaken, issues[0].Code, name)
	}
}
