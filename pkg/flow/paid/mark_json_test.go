package paid

import (
	"encoding/json"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSetMember(t *testing.T) {
	for name, c := range map[string]struct{ object, key, value, want string }{
		"one line":               {`{"a": 1, "b": 2}`, "c", "3", `{"a": 1, "b": 2, "c": 3}`},
		"tight":                  {`{"a":1}`, "c", "3", `{"a":1,"c":3}`},
		"one alone":              {`{"a": 1}`, "c", "3", `{"a": 1, "c": 3}`},
		"lines":                  {"{\r\n\t\"a\" : 1\r\n}", "c", "3", "{\r\n\t\"a\" : 1,\r\n\t\"c\" : 3\r\n}"},
		"empty":                  {`{ }`, "c", "3", `{"c":3 }`},
		"replaced":               {`{"a": 1, "b": 2}`, "a", "3", `{"a": 3, "b": 2}`},
		"escaped key":            {`{"\u0061": 1}`, "a", "3", `{"\u0061": 3}`},
		"an object":              {`{"a": {"b": 1}, "c": 2}`, "a", "3", `{"a": 3, "c": 2}`},
		"the same number":        {`{"a": 1.50}`, "a", "1.5", `{"a": 1.50}`},
		"the same number a text": {`{"a": "1.50"}`, "a", "1.5", `{"a": "1.50"}`},
		"the same text":          {`{"a": "p\u0061id"}`, "a", `"paid"`, `{"a": "p\u0061id"}`},
		"another text":           {`{"a": "unpaid"}`, "a", `"paid"`, `{"a": "paid"}`},
		"null":                   {`{"a": null}`, "a", "1", `{"a": 1}`},
		"away, the first":        {`{ "a": 1, "b": 2}`, "a", "", `{ "b": 2}`},
		"away, the last":         {"{\"a\": 1,\n\"b\": 2\n}", "b", "", "{\"a\": 1\n}"},
		"away, the middle":       {`{"a": 1, "b": 2, "c": 3}`, "b", "", `{"a": 1, "c": 3}`},
		"away, the only":         {`{ "a": 1 }`, "a", "", `{  }`},
		"away, not there":        {`{"a": 1}`, "b", "", `{"a": 1}`},
	} {
		t.Run(name, func(t *testing.T) {
			var value []byte
			if c.value != "" {
				value = []byte(c.value)
			}
			got, err := setMember([]byte(c.object), c.key, value)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(got))
			again, err := setMember(got, c.key, value)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(again))
		})
	}
	_, err := setMember([]byte(`{"a"`), "a", nil)
	assert.Error(t, err)
}

// FuzzSetMember holds the editing of text to that of values.
func FuzzSetMember(f *testing.F) {
	f.Add([]byte("{ \"a\" : [1, {\"state\": 2}],\n\"state\": \"x\" }"), "state", "paid")
	f.Add([]byte(`{"st\u0061te":{}}`), "state", "1")
	f.Add([]byte(`{}`), "paidDate", "")
	f.Fuzz(func(t *testing.T, object []byte, name, value string) {
		var before map[string]any
		quoted, err := json.Marshal(value)
		key, errKey := json.Marshal(name)
		if err != nil || errKey != nil || string(key) != `"`+name+`"` || !jsontext.Value(object).IsValid() || json.Unmarshal(object, &before) != nil || before == nil {
			t.Skip("no object, or no name as the tool has them")
		}
		for _, set := range [][]byte{quoted, nil} {
			object, err = setMember(object, name, set)
			require.NoError(t, err)
			var after map[string]any
			require.NoError(t, json.Unmarshal(object, &after), "%s", object)
			delete(before, name)
			if set != nil {
				text, err := json.Marshal(after[name])
				require.NoError(t, err)
				require.True(t, meansSame(text, set), "%s is not %s", text, set)
				before[name] = after[name]
			}
			require.Equal(t, before, after)
			again, err := setMember(object, name, set)
			require.NoError(t, err)
			require.Equal(t, string(object), string(again))
		}
	})
}
