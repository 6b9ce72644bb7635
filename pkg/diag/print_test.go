package diag

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sample() List {
	return List{
		New("config-bad-date").WithPath("vat.rates[0].from").WithValue("1.1.2024").WithPosition(Position{File: "pohoda.yaml", Line: 3, Column: 7}),
		Warn("config-unknown-variable", "known", "POHODA_LANG").WithValue("POHODA_LNG"),
		Notice("config-duplicate-key").WithValue("x"),
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		name   string
		lang   *Language
		colour bool
		want   string
	}{
		{"English", English, false, "" +
			"pohoda.yaml:3:7: vat.rates[0].from: \"1.1.2024\" is not a day\n" +
			"  hint: write it as 2026-01-31\n" +
			"warning: environment variable \"POHODA_LNG\" names no value of the configuration\n" +
			"  hint: did you mean POHODA_LANG?\n" +
			"note: key \"x\" stands here twice\n"},
		{"Czech in colour", Czech, true, "" +
			"\x1b[31mpohoda.yaml:3:7: vat.rates[0].from: „1.1.2024“ není datum\x1b[0m\n" +
			"\x1b[2m  rada: zapište jej jako 2026-01-31\x1b[0m\n" +
			"\x1b[33mvarování: proměnná prostředí „POHODA_LNG“ nepatří k žádné hodnotě konfigurace\x1b[0m\n" +
			"\x1b[2m  rada: nemá to být POHODA_LANG?\x1b[0m\n" +
			"poznámka: klíč „x“ je zde dvakrát\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			require.NoError(t, Text(&out, c.lang, sample(), c.colour))
			assert.Equal(t, c.want, out.String())
		})
	}
}

func TestTextShowsControlCharacters(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, Text(&out, English, List{New("config-duplicate-key").WithValue("a\x1b[2J\nb\x7f\u009b")}, false))
	assert.Equal(t, "key \"a␛[2J␊b␡\uFFFD\" stands here twice\n", out.String())
	for _, steering := range []rune{0x80, 0x85, 0x9f, 0xad, 0x200b, 0x200e, 0x2028, 0x202e, 0x2066, 0x2069, 0xfeff, 0xe0041} {
		assert.Equal(t, "a\uFFFDb", Visible("a"+string(steering)+"b"), "U+%04X", steering)
	}
	assert.Equal(t, "Žluťoučký kůň, 5 × 20 €, 😀", Visible("Žluťoučký kůň, 5 × 20 €, 😀"))
}

func TestReportSort(t *testing.T) {
	issues := List{
		Warn("config-duplicate-key").WithValue("early").WithRecord("A"),
		New("config-duplicate-key").WithValue("bad").WithRecord("A").WithPosition(Position{}),
		Warn("config-duplicate-key").WithValue("kept").WithRecord("B"),
		Warn("config-duplicate-key").WithValue("nowhere"),
		New("config-not-found").WithValue("x.yaml"),
	}
	report := Report{Command: "export", Written: 1, Code: 3}
	report.Sort(English, issues)
	var out bytes.Buffer
	require.NoError(t, JSON(&out, report))
	assert.JSONEq(t, `{"command": "export", "written": 1, "skipped": 0, "code": 3,
		"rejected": [
			{"record": "A", "issues": [
				{"severity": "warning", "code": "config-duplicate-key", "record": "A", "value": "early", "message": "key \"early\" stands here twice"},
				{"severity": "error", "code": "config-duplicate-key", "record": "A", "value": "bad", "message": "key \"bad\" stands here twice"}]},
			{"record": "", "issues": [
				{"severity": "error", "code": "config-not-found", "value": "x.yaml",
				 "message": "configuration file \"x.yaml\" does not exist", "hint": "pohoda init writes one"}]}],
		"warnings": [
			{"severity": "warning", "code": "config-duplicate-key", "record": "B", "value": "kept", "message": "key \"kept\" stands here twice"},
			{"severity": "warning", "code": "config-duplicate-key", "value": "nowhere", "message": "key \"nowhere\" stands here twice"}]}`, out.String())
	assert.Equal(t, 1, bytes.Count(out.Bytes(), []byte("\n")), "one line")
}

func TestReportWithoutIssuesHasEmptyLists(t *testing.T) {
	report := Report{Command: "export"}
	report.Sort(English, nil)
	content, err := json.Marshal(report)
	require.NoError(t, err)
	assert.JSONEq(t, `{"command":"export","written":0,"skipped":0,"rejected":[],"warnings":[],"code":0}`, string(content))
}
