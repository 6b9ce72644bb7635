package canonical

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

var begin = diag.Position{File: "deal.json", Line: 1, Column: 1}

func TestParseKeepsWhatIsWritten(t *testing.T) {
	text := `{"a": 1.50, "b": [true, null, -1e-7], "č\u00e1": "x\n\"\ud83d\ude00\\", "": "", "z": 12345678901234567890.123}`
	n, issues := new(Parser).Parse([]byte(text), begin)
	require.Empty(t, issues)
	assert.Equal(t, &Node{Kind: ObjectNode, Members: []Member{
		{"a", 1, Node{Kind: NumberNode, At: 6, Text: "1.50"}},
		{"b", 12, Node{Kind: ArrayNode, At: 17, Items: []Node{
			{Kind: BoolNode, At: 18, Text: "true"},
			{Kind: NullNode, At: 24},
			{Kind: NumberNode, At: 30, Text: "-1e-7"},
		}}},
		{"čá", 38, Node{Kind: StringNode, At: 50, Text: "x\n\"😀\\"}},
		{"", 73, Node{Kind: StringNode, At: 77}},
		{"z", 81, Node{Kind: NumberNode, At: 86, Text: "12345678901234567890.123"}},
	}}, n)
	assert.Nil(t, n.Get("b").Get("x"))
	assert.Equal(t, "1.50", n.Get("a").Text)
}

func TestParseRefuses(t *testing.T) {
	deep := strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth)
	tests := map[string]struct {
		text  string
		code  diag.Code
		value string
		at    string
	}{
		"nothing":             {"", CodeJSONCutOff, "", "deal.json:1:1"},
		"cut in a string":     {`{"kind": "de`, CodeJSONCutOff, "", "deal.json:1:13"},
		"cut in an object":    {"{\n \"kind\": 1,\n", CodeJSONCutOff, "", "deal.json:3:1"},
		"cut in a literal":    {"[tr", CodeJSONCutOff, "", "deal.json:1:4"},
		"single quotes":       {`{'kind': 1}`, CodeJSONNotWellFormed, "'", "deal.json:1:2"},
		"comma at the end":    {`{"č": 1,}`, CodeJSONNotWellFormed, "}", "deal.json:1:9"},
		"no comma":            {`{"a": 1 "b": 2}`, CodeJSONNotWellFormed, `"`, "deal.json:1:9"},
		"wrong bracket":       {`{"a": [1}`, CodeJSONNotWellFormed, "}", "deal.json:1:9"},
		"comment":             {"{ // note\n}", CodeJSONNotWellFormed, "/", "deal.json:1:3"},
		"NaN":                 {`{"a": NaN}`, CodeJSONNotWellFormed, "N", "deal.json:1:7"},
		"leading zero":        {`{"a": 01}`, CodeJSONNotWellFormed, "1", "deal.json:1:8"},
		"plus":                {`{"a": +1}`, CodeJSONNotWellFormed, "+", "deal.json:1:7"},
		"raw line end":        {"{\"a\": \"x\ny\"}", CodeJSONNotWellFormed, "␊", "deal.json:1:9"},
		"raw escape":          {"{\"a\": \"x\x1by\"}", CodeJSONNotWellFormed, "␛", "deal.json:1:9"},
		"two values":          {"{}\n {}", CodeJSONNotWellFormed, "{", "deal.json:2:2"},
		"Windows-1250":        {"{\"a\": \"\xe8\"}", CodeJSONNotUTF8, "", "deal.json:1:8"},
		"encoded surrogate":   {"{\"a\": \"\xed\xa0\x80\"}", CodeJSONNotUTF8, "", "deal.json:1:8"},
		"high surrogate":      {`{"a": "x\ud83d"}`, CodeJSONLoneSurrogate, `\ud83d`, "deal.json:1:9"},
		"low surrogate":       {`{"a": "\uDE00"}`, CodeJSONLoneSurrogate, `\uDE00`, "deal.json:1:8"},
		"surrogates reversed": {`{"a": "\ude00\ud83d"}`, CodeJSONLoneSurrogate, `\ude00`, "deal.json:1:8"},
		"surrogate in a key":  {`{"\ud83d": 1}`, CodeJSONLoneSurrogate, `\ud83d`, "deal.json:1:3"},
		"duplicate key":       {"{\"a\": 1,\n\"b\": {}, \"a\": 2}", CodeJSONDuplicateKey, "", "deal.json:2:10"},
		"duplicate escaped":   {`{"a": 1, "\u0061": 2}`, CodeJSONDuplicateKey, "", "deal.json:1:10"},
		"deep":                {"[" + deep + "]", CodeJSONTooDeep, "", "deal.json:1:65"},
		"deeper than Go":      {strings.Repeat(`{"a":`, 20000), CodeJSONTooDeep, "", "deal.json:1:321"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, issues := new(Parser).Parse([]byte(test.text), begin)
			require.Len(t, issues, 1)
			assert.Equal(t, test.code, issues[0].Code)
			assert.Equal(t, test.value, issues[0].Value)
			assert.Equal(t, test.at, issues[0].At.String())
		})
	}
	_, issues := new(Parser).Parse([]byte(deep), begin)
	assert.Empty(t, issues, "the limit itself is allowed")
}

func TestDuplicateKeysInLargeObjects(t *testing.T) {
	var text strings.Builder
	const keys = 90 // more than manyKeys, fewer than maxIssues
	for i := range keys {
		text.WriteString(`"key` + strconv.Itoa(i) + `": 1, `)
	}
	n, issues := new(Parser).Parse([]byte("{"+text.String()+text.String()+`"z": 1}`), begin)
	require.NotNil(t, n)
	assert.Len(t, issues, keys)
	assert.Len(t, n.Members, keys+1)
}

func TestParserReusesItsMemory(t *testing.T) {
	var p Parser
	first, _ := p.Parse([]byte(`{"a": "text", "b": [1, 2]}`), begin)
	kept := first.Get("a").Text
	for range 3 {
		n, issues := p.Parse([]byte(`{"c": [{"d": "other"}], "a": {"x": [[], {}]}}`), begin)
		require.Empty(t, issues)
		assert.Equal(t, "other", n.Get("c").Items[0].Get("d").Text)
	}
	assert.Equal(t, "text", kept)
}

func TestPositionCountsCharacters(t *testing.T) {
	j := jsonText{"{\"č\": \"ž😀\",\r\n  \"x\": 1}", diag.Position{File: "a", Line: 7, Column: 5}}
	assert.Equal(t, "a:7:5", j.Position(0).String())
	assert.Equal(t, "a:7:10", j.Position(strings.Index(j.text, `"ž`)-1).String())
	assert.Equal(t, "a:8:3", j.Position(strings.Index(j.text, `"x"`)).String())
}
