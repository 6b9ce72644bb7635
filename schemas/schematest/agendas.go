package schematest

import (
	"io/fs"
	"slices"
)

// shared are the schemas that belong to no agenda.
var shared = []string{"data.xsd", "documentresponse.xsd", "filter.xsd", "list.xsd", "print.xsd", "response.xsd", "type.xsd"}

// Agendas counts the agendas of a set of schemas: as many times the usual number of broken documents is tried.
func Agendas(set fs.FS) int {
	files, err := fs.Glob(set, "*.xsd")
	if err != nil {
		panic(err)
	}
	return len(slices.DeleteFunc(files, func(file string) bool { return slices.Contains(shared, file) }))
}
