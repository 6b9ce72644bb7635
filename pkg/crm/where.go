package crm

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of a condition on records.
const (
	CodeWhereWrong  diag.Code = "where-wrong"
	CodeWhereResult diag.Code = "where-result"
)

// Where is a condition on a record.
type Where func(*trade.Record) (bool, *diag.Issue)

// CompileWhere compiles a condition on the canonical record: an expression of
// the profiles' language whose names are the keys of the record, such as
// `"pohoda" in tags` or `totals.gross > 1000`. What a record lacks is nil. It is
// safe for concurrent use.
func CompileWhere(text string) (Where, *diag.Issue) {
	names := whereNames()
	e, err := compile(text, names)
	if err == nil && len(e.uses) > 0 {
		err = errors.New(e.uses[0].function + "() is for profiles")
	}
	if err != nil {
		return nil, diag.New(CodeWhereWrong, "error", plainError(err), "names", strings.Join(names, ", ")).Of(text)
	}
	// What a record holds has a type of its own only when it is read.
	if kind := e.program.Node().Type().Kind(); kind != reflect.Bool && kind != reflect.Interface {
		return nil, diag.New(CodeWhereResult).Of(text)
	}
	return func(r *trade.Record) (bool, *diag.Issue) {
		env, issue := whereEnv(r)
		if issue != nil {
			return false, issue
		}
		for _, name := range names {
			if _, known := env[name]; !known {
				env[name] = nil
			}
		}
		var machine vm.VM
		value, issue := e.evaluate(&machine, env)
		if issue != nil {
			return false, issue
		}
		holds, ok := value.(bool)
		if !ok {
			return false, diag.New(CodeWhereResult).Of(text)
		}
		return holds, nil
	}, nil
}

// whereNames are the keys of all kinds of record.
func whereNames() []string {
	names := map[string]bool{}
	for _, target := range targets {
		var r trade.Record
		for _, key := range planOf(reflect.TypeOf(target(&r)).Elem()).keys {
			names[key] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// whereEnv gives a record as the names of an expression, in the form in which
// it is published.
func whereEnv(r *trade.Record) (map[string]any, *diag.Issue) {
	text, err := Append(nil, *r)
	if err != nil {
		return nil, diag.As(err)
	}
	var p parser
	tree, issues := p.parse(text, diag.Position{})
	if tree == nil {
		return nil, issues[0]
	}
	env, _ := valueOf(tree).(map[string]any)
	env[runName] = &run{}
	return env, nil
}
