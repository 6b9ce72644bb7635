package config

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// set reads a single value from its text, whether that stands in the file, in
// the environment or in a flag.
func set(v reflect.Value, tag reflect.StructTag, text string) *diag.Issue {
	if charset.HasInvisible(text) {
		return diag.New(CodeInvisible).WithValue(charset.WithoutInvisible(text))
	}
	if list := tag.Get("oneof"); list != "" {
		return setOneOf(v, text, strings.Split(list, ","))
	}
	switch v.Interface().(type) {
	case money.Rounding:
		return setOneOf(v, text, names(money.Roundings()))
	case money.Decimal:
		number, err := money.Parse(text)
		if err != nil {
			return diag.New(CodeBadNumber).WithValue(text)
		}
		v.Set(reflect.ValueOf(number))
	case Day:
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return diag.New(CodeBadDate).WithValue(text)
		}
		v.SetInt(int64(day.Year()*10000 + int(day.Month())*100 + day.Day()))
	case Ledger:
		if Ledger(text).isMisspelt() {
			return diag.New(CodeLedgerAddress).WithValue(Ledger(text).String())
		}
		v.SetString(text)
	case bool:
		return setBool(v, text)
	case *bool:
		answer := reflect.New(v.Type().Elem())
		if issue := setBool(answer.Elem(), text); issue != nil {
			return issue
		}
		v.Set(answer)
	default:
		v.SetString(text)
	}
	return nil
}

func setOneOf(v reflect.Value, text string, allowed []string) *diag.Issue {
	if !slices.Contains(allowed, text) {
		return badValue(text, allowed)
	}
	v.SetString(text)
	return nil
}

func setBool(v reflect.Value, text string) *diag.Issue {
	if text != "true" && text != "false" {
		return badValue(text, []string{"true", "false"})
	}
	v.SetBool(text == "true")
	return nil
}

func badValue(text string, allowed []string) *diag.Issue {
	return diag.New(CodeBadValue, "allowed", strings.Join(allowed, ", ")).WithValue(text)
}

func names(roundings []money.Rounding) []string {
	var all []string
	for _, r := range roundings {
		all = append(all, string(r))
	}
	return all
}
