package flow

import (
	"testing"

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
