package crm

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/schemas"
)

// jsonSchema is the part of JSON Schema that the published schema uses.
type jsonSchema struct {
	Ref        string                 `json:"$ref"`
	Type       any                    `json:"type"`
	Enum       []string               `json:"enum"`
	Const      string                 `json:"const"`
	Properties map[string]*jsonSchema `json:"properties"`
	Required   []string               `json:"required"`
	Items      *jsonSchema            `json:"items"`
	Additional any                    `json:"additionalProperties"`
	AllOf      []struct{ If, Then *jsonSchema }
	Defs       map[string]*jsonSchema `json:"$defs"`
}

// definitions are the types of the model that have a definition of their own.
var definitions = map[reflect.Type]string{
	reflect.TypeFor[money.Decimal]():  "decimal",
	reflect.TypeFor[trade.Date]():     "date",
	reflect.TypeFor[trade.Time]():     "time",
	reflect.TypeFor[trade.Country]():  "country",
	reflect.TypeFor[money.Currency](): "currency",
	reflect.TypeFor[trade.Free]():     "free",
}

// modelCheck holds the published schema against the types of the model.
type modelCheck struct {
	*testing.T
	root *jsonSchema
}

func TestSchemaIsTheModel(t *testing.T) {
	c := modelCheck{T: t, root: new(jsonSchema)}
	require.NoError(t, json.Unmarshal(schemas.Canonical, c.root))
	assert.Equal(t, trade.Kind("").Values(), c.root.Properties["kind"].Enum)
	var covered []string
	for _, branch := range c.root.AllOf {
		kinds := branch.If.Properties["kind"].values()
		covered = append(covered, kinds...)
		for _, kind := range kinds {
			record, _ := trade.New(trade.Kind(kind))
			schema := c.resolve(branch.Then)
			assert.Equal(t, kinds, schema.Properties["kind"].values())
			c.object(kind, schema, reflect.TypeOf(record).Elem())
		}
	}
	assert.ElementsMatch(t, trade.Kind("").Values(), covered)
}

func (s *jsonSchema) values() []string {
	if s.Const != "" {
		return []string{s.Const}
	}
	return s.Enum
}

// resolve follows references, which are to definitions or to their properties.
func (c modelCheck) resolve(s *jsonSchema) *jsonSchema {
	for s.Ref != "" {
		name, property, nested := strings.Cut(strings.TrimPrefix(s.Ref, "#/$defs/"), "/properties/")
		s = c.root.Defs[name]
		if nested {
			s = s.Properties[property]
		}
		require.NotNil(c, s)
	}
	return s
}

func (c modelCheck) object(path string, s *jsonSchema, t reflect.Type) {
	assert.Equal(c, "object", s.Type, path)
	assert.Equal(c, false, s.Additional, path)
	var keys, required []string
	for _, f := range reflect.VisibleFields(t) {
		key, options, tagged := strings.Cut(f.Tag.Get("json"), ",")
		if key == "" {
			assert.True(c, f.Anonymous, "%s.%s has no key", path, f.Name)
			continue
		}
		keys = append(keys, key)
		if !tagged {
			required = append(required, key)
		}
		assert.Contains(c, []string{"", "omitzero"}, options, path)
		if property := s.Properties[key]; assert.NotNil(c, property, "%s.%s is not in the schema", path, key) && key != "kind" {
			c.value(path+"."+key, c.resolve(property), f.Type)
		}
	}
	for key := range s.Properties {
		assert.Contains(c, keys, key, "%s.%s is not in the model", path, key)
	}
	assert.ElementsMatch(c, required, s.Required, path)
}

func (c modelCheck) value(path string, s *jsonSchema, t reflect.Type) {
	list, enumerated := reflect.TypeAssert[interface{ Values() []string }](reflect.Zero(t))
	switch {
	case definitions[t] != "":
		assert.Same(c, c.root.Defs[definitions[t]], s, path)
	case enumerated:
		assert.ElementsMatch(c, list.Values(), s.values(), path)
	case t == reflect.TypeFor[money.Rounding]():
		assert.ElementsMatch(c, canonical.Roundings(), s.values(), path)
	case t == reflect.TypeFor[trade.Flag]():
		assert.Equal(c, "boolean", s.Type, path)
	case t.Kind() == reflect.Pointer:
		c.value(path, s, t.Elem())
	case t.Kind() == reflect.Slice:
		assert.Equal(c, "array", s.Type, path)
		c.value(path+"[]", c.resolve(s.Items), t.Elem())
	case t.Kind() == reflect.Struct:
		c.object(path, s, t)
	case t.Kind() == reflect.Int64:
		assert.Equal(c, "integer", s.Type, path)
	case strings.HasSuffix(path, ".id"):
		assert.Same(c, c.root.Defs["id"], s, path)
	default:
		assert.Equal(c, "string", s.Type, path)
		assert.Equal(c, reflect.String, t.Kind(), path)
	}
}

// published compiles the published schema.
func published(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemas.Canonical))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("canonical-1.schema.json", document))
	schema, err := compiler.Compile("canonical-1.schema.json")
	require.NoError(t, err)
	return schema
}

// valid gives the published schema's verdict on a text.
func valid(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	require.NoError(t, err)
	return schema.Validate(value)
}

func TestSamplesAreValid(t *testing.T) {
	files, err := filepath.Glob("testdata/canonical/*.json")
	require.NoError(t, err)
	schema := published(t)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.NoError(t, valid(t, schema, string(text)), file)
	}
}

func TestSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	schema := published(t)
	require.NoError(t, valid(t, schema, order("1")))
	// What no schema can say: which days a month has, how many digits there are,
	// which characters XML lacks.
	beyond := []diag.Code{canonical.CodeNumberOutOfRange, canonical.CodeControlCharacter}
	for name, test := range refusedValues {
		if !slices.Contains(beyond, test.code) && name != "day that is not there" {
			assert.Error(t, valid(t, schema, bare+test.member+"}"), name)
		}
	}
	for name, test := range refusedRecords {
		if name != "product without sku" { // a blank
			assert.Error(t, valid(t, schema, test.text), name)
		}
	}
}
