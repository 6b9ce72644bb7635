package pack

import (
	"io/fs"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// Schema compiles the bundled schema of one agenda and what it needs.
func Schema(a *pohoda.Agenda) (*xsd.Schema, error) { return xsd.Bundled(a.Schema, pohoda.URIs()) }

// CompileSchema compiles a schema of a set: the bundled one, or a folder with
// STORMWARE's own files.
func CompileSchema(set fs.FS, file string) (*xsd.Schema, error) {
	return xsd.Compile(set, file, pohoda.URIs())
}

// Limits gives what a schema allows at a path.
func Limits(schema *xsd.Schema) fieldtable.Limits {
	return func(path string) fieldtable.Limit {
		names := xsd.ParsePath(path)
		decl, ok := schema.Lookup(names...)
		if !ok {
			return fieldtable.Limit{}
		}
		limit := fieldtable.Limit{Length: max(decl.MaxLength, 0), Places: schema.Places(names...)}
		// Of a plain text nothing but its length can be wrong.
		if decl.Builtin != "string" || decl.Enumeration != nil || decl.Patterns != nil || decl.MinLength > 0 {
			limit.Fault = decl.Fault
		}
		// Elsewhere a group around the element may be repeated.
		if decl.Ordered {
			limit.Count = decl.MaxOccurs
		}
		return limit
	}
}
