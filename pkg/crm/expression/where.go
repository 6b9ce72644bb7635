package expression

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of a condition on records.
var (
	CodeWhereWrong  = diag.Usage.Code("where-wrong", "error", "names")
	CodeWhereResult = diag.Usage.Code("where-result")
)

// whereFlag names the condition in what is found in it.
const whereFlag = "--where"

// Where is a condition on a record.
type Where func(*trade.Record) (bool, *diag.Issue)

// CompileWhere compiles a condition on the canonical record: an expression of
// the profiles' language whose names are the keys of the record, such as
// `"pohoda" in tags` or `totals.gross > 1000`. What a record lacks is nil, which
// is neither more nor less than anything. It is safe for concurrent use.
func CompileWhere(text string) (Where, *diag.Issue) {
	e, issue := compileOnRecord(text, CodeWhereWrong)
	if issue != nil {
		return nil, issue.WithPath(whereFlag)
	}
	// What a record holds has a type of its own only when it is read.
	if kind := e.kind(); kind != reflect.Bool && kind != reflect.Interface {
		return nil, diag.New(CodeWhereResult).WithPath(whereFlag).WithValue(text)
	}
	return func(r *trade.Record) (bool, *diag.Issue) {
		value, issue := e.of(r)
		if issue != nil {
			return false, issue.WithPath(whereFlag)
		}
		holds, ok := value.(bool)
		if !ok {
			return false, diag.New(CodeWhereResult).WithPath(whereFlag).WithValue(text)
		}
		return holds, nil
	}, nil
}

// The codes of a rule of the unit.
var (
	CodeRuleWrong  = diag.Usage.Code("config-rule-wrong", "error", "names")
	CodeRuleResult = diag.Refused.Code("rule-result")
)

// Rule gives a code of the unit for a record, "" for none.
type Rule func(*trade.Record) (string, *diag.Issue)

// CompileRule compiles a rule of the unit: an expression as of CompileWhere that
// gives a text, or nil for no code. It is safe for concurrent use.
func CompileRule(text string) (Rule, *diag.Issue) {
	e, issue := compileOnRecord(text, CodeRuleWrong)
	if issue != nil {
		return nil, issue
	}
	return func(r *trade.Record) (string, *diag.Issue) {
		value, issue := e.of(r)
		if issue != nil || value == nil {
			return "", issue
		}
		code, ok := value.(string)
		if !ok {
			return "", diag.New(CodeRuleResult).WithValue(text)
		}
		return code, nil
	}, nil
}

// onRecord is an expression on the canonical record.
type onRecord struct {
	*Expression
	names []string
}

// compileOnRecord compiles an expression whose names are the keys of the record.
func compileOnRecord(text string, wrong diag.Code) (*onRecord, *diag.Issue) {
	names := whereNames()
	language := NewLanguage()
	language.Patch.lenient = true
	for _, operator := range []string{"<", "<=", ">", ">="} {
		expr.Function(operatorName(operator), ofBoth(operators[operator]), new(two))(language.config)
	}
	language.budgeted()
	language.Know(names...)
	e, err := language.Compile(text)
	if err == nil && len(e.Uses) > 0 {
		err = errors.New(e.Uses[0].Function + "() is for profiles")
	}
	if err != nil {
		message := PlainError(err)
		meant := diag.Meant(strings.TrimPrefix(message, "unknown name "), names)
		return nil, diag.New(wrong, "error", message, "names", meant).WithValue(text)
	}
	return &onRecord{e, names}, nil
}

// kind is the kind of what the expression gives, as far as it is known.
func (e *onRecord) kind() reflect.Kind { return e.program.Node().Type().Kind() }

// of gives what the expression makes of a record.
func (e *onRecord) of(r *trade.Record) (any, *diag.Issue) {
	env, issue := whereEnv(r)
	if issue != nil {
		return nil, issue
	}
	for _, name := range e.names {
		if _, known := env[name]; !known {
			env[name] = nil
		}
	}
	var machine vm.VM
	return e.Evaluate(&machine, env)
}

// ofBoth makes a comparison with what is absent false.
func ofBoth(compare func(a, b any) (any, error)) func(args ...any) (any, error) {
	return func(args ...any) (any, error) {
		if args[0] == nil || args[1] == nil {
			return false, nil
		}
		return compare(args[0], args[1])
	}
}

// whereNames are the keys of all kinds of record.
func whereNames() []string {
	names := map[string]bool{}
	for _, kind := range trade.Kind("").Values() {
		for _, key := range canonical.PlanOf(canonical.DocumentType(trade.Kind(kind))).Keys {
			names[key] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// whereEnv gives a record as the names of an expression, in the form in which
// it is published.
func whereEnv(r *trade.Record) (map[string]any, *diag.Issue) {
	text, err := canonical.Append(nil, *r)
	if err != nil {
		return nil, diag.As(err)
	}
	var p canonical.Parser
	tree, issues := p.Parse(text, diag.Position{})
	if tree == nil {
		return nil, issues[0]
	}
	env, _ := ValueOf(tree).(map[string]any)
	env[RunName] = &aloneRun{}
	return env, nil
}

// aloneRun runs an expression that has nothing but its record.
type aloneRun struct{ StepBudget }

func (*aloneRun) Report(*diag.Issue)               {}
func (*aloneRun) Lookup(_, _ string) (any, error)  { return nil, nil }
func (*aloneRun) Record(_, _ string) (any, error)  { return nil, nil }
func (*aloneRun) Records(_, _ string) (any, error) { return nil, nil }
