package crm

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
)

func FuzzJSON(f *testing.F) {
	f.Add([]byte(bare + `"lines": [{"name": "a", "unitPrice": 1.5}]}`))
	f.Add([]byte("{}\n{\"a\":[1,{\"b\":\"\\u00e1\\ud83d\\ude00\"}]}\n[tru\n"))
	f.Add([]byte(`[{"kind": "deal", "source": {}, "kind": null}, 7, ]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		in := openJSON(strings.NewReader(string(text)), "", false, &foreign{}, false)
		for {
			raw, err := in.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			require.NoError(t, err)
			if raw.Broken != nil {
				continue
			}
			for _, result := range in.Decode(raw) {
				if result.Issues.Refused() {
					continue
				}
				written, err := canonical.Append(nil, result.Record)
				require.NoError(t, err)
				again := in.Decode(canonical.Raw{At: diag.Position{Line: 1, Column: 1}, Bytes: written})
				require.Empty(t, again[0].Issues)
				rewritten, err := canonical.Append(nil, again[0].Record)
				require.NoError(t, err)
				require.Equal(t, string(written), string(rewritten))
			}
		}
	})
}
