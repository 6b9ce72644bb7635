package profile

import (
	"testing"

	"github.com/expr-lang/expr/vm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// evaluate gives the result of an expression over a record of JSON, written as
// JSON; "" is nothing.
func evaluate(t *testing.T, text, record string) (string, *diag.Issue) {
	t.Helper()
	tree, issues := new(canonical.Parser).Parse([]byte(record), diag.Position{})
	require.Empty(t, issues)
	e, err := expression.Compile(text, []string{"r"})
	require.NoError(t, err)
	r := &run{translator: &translator{profile: &Profile{}, with: &withFiles{}}, where: func(int) diag.Position { return diag.Position{} }}
	value, issue := e.Evaluate(&vm.VM{}, map[string]any{"r": expression.ValueOf(tree), expression.RunName: r})
	if issue != nil {
		return "", issue
	}
	n, err := expression.NodeOf(value, 0)
	require.NoError(t, err)
	return written(&n), nil
}

// written is JSON without escapes, enough for what the tests make.
func written(n *canonical.Node) string {
	out := ""
	switch n.Kind {
	case canonical.StringNode:
		return `"` + n.Text + `"`
	case canonical.ArrayNode:
		for i := range n.Items {
			out += "," + written(&n.Items[i])
		}
		return "[" + out[1:] + "]"
	case canonical.ObjectNode:
		for i := range n.Members {
			out += "," + n.Members[i].Key + ":" + written(&n.Members[i].Value)
		}
		return "{" + out[1:] + "}"
	}
	return n.Text
}

func TestExpressions(t *testing.T) {
	const record = `{"n": 0.1, "i": 3, "s": "21.50", "t": "  text ", "b": true, "z": 0, "zero": "0.00", "e": "", "list": [1, "2", null],
		"meta": [{"key": "_ic", "value": "22222227"}, {"key": 7, "value": "seven"}], "o": {"a": 1, "b": "x", "c": {}, "d": null}, "big": 12345678901234567890.5}`
	for _, c := range []struct{ text, want string }{
		// Exact numbers, however they are written.
		{`r.n * 3`, `0.3`}, {`0.1 + 0.2`, `0.3`}, {`r.n + 0.2 == 0.3`, `true`}, {`1.10 == 1.1`, `true`},
		{`r.big * 2`, `24691357802469135781`}, {`-r.i`, `-3`}, {`7 - 10`, `-3`}, {`1 / 8`, `0.125`}, {`round(2 / 3, 4)`, `0.6667`},
		{`round(-2.5, 0)`, `-3`}, {`abs(-1.5)`, `1.5`}, {`dec(r.s)`, `21.5`}, {`dec(r.e)`, ``}, {`dec(nil)`, ``}, {`r.big`, `12345678901234567890.5`},
		{`czDec("1 234,50 Kč")`, `1234.5`}, {`czDec(nil)`, ``}, {`czDate("16. 3. 2026")`, `"2026-03-16"`}, {`czDate("")`, ``},
		{`flatten([[1, 2], nil, [3]])`, `[1,2,3]`}, {`flatten(nil)`, ``},
		{`sum(map([1, 2.5], # * 2))`, `7`}, {`sum(nil)`, ``},
		// Comparing.
		{`r.i == 3`, `true`}, {`r.i == "3"`, `false`}, {`r.i != 3`, `false`}, {`r.i in [1, 2, 3]`, `true`}, {`"x" in nil`, `false`}, {`"a" in r.o`, `true`},
		{`r.i >= 3 and r.i <= 3 and not (r.i < 3) and not (r.i > 3)`, `true`}, {`"a" < "b"`, `true`}, {`r.list == [1, "2", nil]`, `true`},
		{`r.o == {"a": 1, "b": "x", "c": {}, "d": nil}`, `true`}, {`r.o == {"a": 2}`, `false`}, {`r.missing == nil`, `true`}, {`r.b == true`, `true`},
		{`isZero(r.z)`, `true`}, {`isZero(r.zero)`, `true`}, {`isZero(r.i)`, `false`}, {`isZero(nil)`, `false`},
		// Texts.
		{`text(r.i)`, `"3"`}, {`text(r.b)`, `"true"`}, {`text(nil)`, ``}, {`trim(r.t) + "!"`, `"text!"`}, {`upper("kč")`, `"KČ"`}, {`lower("KČ")`, `"kč"`},
		{`trimSuffix("21%", "%")`, `"21"`}, {`trimPrefix("CZ1", "CZ")`, `"1"`}, {`trimSuffix(nil, "%")`, ``}, {`replace("a-b-c", "-", "")`, `"abc"`},
		{`split("a, b", ",")`, `["a","b"]`}, {`split(nil, ",")`, ``}, {`join(" ", r.t, nil, "", r.i)`, `"text 3"`}, {`join(", ")`, ``},
		{`first(nil, "", " ", r.i, 4)`, `3`}, {`first()`, ``}, {`r.missing ?? "x"`, `"x"`}, {`r.o?.b`, `"x"`}, {`r.missing?.b?.c`, ``},
		{`plain("<p>a&nbsp;&amp; b<br/>c</p><style>x</style>")`, "\"a & b\nc\""}, {`plain(nil)`, ``},
		{`date("2026-03-16T14:02:00+0100")`, `"2026-03-16"`}, {`date("2026-03-16 14:02")`, `"2026-03-16"`}, {`date("2026-03-16 00:00:00Z")`, `"2026-03-16"`}, {`date("")`, ``},
		// Lists and objects.
		{`concat(r.list, nil, [4])`, `[1,"2",4]`}, {`len(concat())`, `0`}, {`meta(r.meta, "_ic")`, `"22222227"`}, {`meta(r.meta, "none")`, ``}, {`meta(nil, "x")`, ``}, {`meta([{"key": "a", "value": ""}, {"key": "a", "value": 1}, {"key": "a", "value": 1.0}], "a")`, `1`}, {`meta(r.meta, 7)`, `"seven"`},
		{`texts(r.o)`, `{a:"1",b:"x"}`}, {`texts(nil)`, ``}, {`filter(r.meta, .key == "_ic")[0].value`, `"22222227"`}, {`find(r.meta, .key == 7)?.value`, `"seven"`},
		{`[nil, {a: nil}, {b: 1}]`, `[{b:1}]`}, {`count(r.list, # != nil)`, `2`}, {`any(r.list, # == 1) and not all(r.list, # == 1)`, `true`},
		// Czech and Slovak habits.
		{`account("19-2000145399/0800")`, `[{bankCode:"0800",number:"19-2000145399"}]`}, {`account("CZ65 0800 0000 1920 0014 5399")`, `[{iban:"CZ6508000000192000145399"}]`},
		{`account("123")`, `[{number:"123"}]`}, {`account(nil)`, ``}, {`days("14 dní")`, `14`}, {`days("do 007 dnů")`, `7`}, {`days("ihned")`, ``}, {`days(30)`, `30`},
		{`ico("123", nil)`, `"00000123"`}, {`ico(22222227, "CZ")`, `"22222227"`}, {`ico("222 222 27", "SK")`, `"22222227"`}, {`ico("HRB 12", "DE")`, `"HRB 12"`}, {`ico("12", "DE")`, `"12"`}, {`ico("", "CZ")`, ``},
		{`zip("60200", "CZ")`, `"602 00"`}, {`zip("602 00", nil)`, `"602 00"`}, {`zip(1001, "SK")`, `"010 01"`}, {`zip("1010", "AT")`, `"1010"`}, {`zip("1010", nil)`, `"1010"`}, {`zip(nil, "CZ")`, ``},
		{`price(13960, 12564, 4)`, `{discount:10,unit:3490}`},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, issue := evaluate(t, c.text, record)
			require.Nil(t, issue)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestExpressionsThatFail(t *testing.T) {
	for _, c := range []struct {
		text  string
		code  diag.Code
		value string
	}{
		{`dec("1 234,50 Kč")`, canonical.CodeBadDecimal, "1 234,50 Kč"},
		{`dec("1,234.50")`, canonical.CodeBadDecimal, "1,234.50"},
		{`dec(true)`, expression.CodeExpressionType, ""},
		{`date("08/01/2026")`, canonical.CodeBadDay, "08/01/2026"},
		{`date("2026-02-30")`, canonical.CodeBadDay, "2026-02-30"},
		{`"a" * 2`, expression.CodeExpressionType, ""},
		{`"a" + 2`, expression.CodeExpressionType, ""},
		{`nil + 1`, expression.CodeExpressionType, ""},
		{`r.missing * 2`, expression.CodeExpressionType, ""},
		{`nil < 1`, expression.CodeExpressionType, ""},
		{`2 ** 3 > 1`, expression.CodeExpressionType, ""}, // binary fractions do not mix with decimals
		{`1 / 0`, expression.CodeExpressionZero, ""},
		{`price(1, 1, 0)`, expression.CodeExpressionZero, ""},
		{`price(nil, 1, 1)`, expression.CodeExpressionType, ""},
		{`round(1, 99)`, expression.CodeExpressionType, ""},
		{`join(" ", [1])`, expression.CodeExpressionType, ""},
		{`texts("x")`, expression.CodeExpressionType, ""},
		{`meta("x", "y")`, expression.CodeExpressionType, ""},
		{`meta([{"key": "a", "value": 1}, {"key": "a", "value": 2}], "a")`, expression.CodeLookupAmbiguous, "a"},
		{`concat("x")`, expression.CodeExpressionType, ""},
		{`sum(["x"])`, expression.CodeExpressionType, ""},
		{`1 in "x"`, expression.CodeExpressionType, ""},
		{`required("")`, expression.CodeExpressionNothing, ""},
		{`r.missing.key`, expression.CodeExpressionFailed, "r.missing.key"},
		{`map(1..1000000, #)`, expression.CodeExpressionFailed, "map(1..1000000, #)"},
		{`let a = 99999999999999999.0; let b = a * a * a * a; let c = b * b; c * c`, canonical.CodeNumberOutOfRange, ""},
		{`let a = replace("xxxxxxxxxxxxxxxx", "x", "1234567890123456"); let b = replace(a, "1", a); let c = replace(b, "1", b); replace(c, "1", c)`, expression.CodeExpressionTooLong, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			_, issue := evaluate(t, c.text, `{}`)
			require.NotNil(t, issue)
			assert.Equal(t, c.code, issue.Code)
			if c.value != "" {
				assert.Equal(t, c.value, issue.Value)
			}
		})
	}
}

func TestExpressionsThatDoNotCompile(t *testing.T) {
	for _, text := range []string{
		`lookpu("a", 1)`, `r2.x`, `now()`, `$env`, `_run`, `date()`, `join()`, `dec(1, 2)`, `fromJSON("1")`, `repeat("x", 9)`, `r.a +`, `operator`,
	} {
		_, err := expression.Compile(text, []string{"r"})
		assert.Error(t, err, text)
	}
}
