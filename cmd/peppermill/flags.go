package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"peppermill/internal/build"
	"peppermill/internal/diag"
	"peppermill/internal/output"
	"peppermill/internal/page"
)

// siteFlags are those of every verb that looks at a site.
type siteFlags struct {
	source, theme, baseURL  string
	drafts, future, expired bool
	edition, profile, clock string
	rules                   []string
}

func (s *siteFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVarP(&s.source, "source", "s", "", `folder of the content (default "content", or this folder where there is none)`)
	f.StringVar(&s.theme, "theme", "", "folder of a theme to lay over the built-in one (default _theme in the content)")
	f.StringVarP(&s.baseURL, "base-url", "b", "", "address that the site will have, such as https://example.com/book/")
	f.BoolVarP(&s.drafts, "drafts", "D", false, "include drafts and pages in review")
	f.BoolVarP(&s.future, "future", "F", false, "include pages whose date is still to come")
	f.BoolVarP(&s.expired, "expired", "E", false, "include pages that have expired")
	f.StringVar(&s.edition, "edition", "", "public or staff (default as site.yaml says, else public)")
	f.StringVar(&s.profile, "profile", "", "fill blanks from _profiles/NAME.yaml")
	f.StringVar(&s.clock, "clock", "", "take this day or moment as now, such as 2026-01-31")
	f.StringArrayVar(&s.rules, "rule", nil, "change a rule's class, as NAME=tip, fix, stop or off; may be repeated")
}

// strictness is what build and check make of findings.
type strictness struct{ strict, lenient bool }

func (s *strictness) add(cmd *cobra.Command, strict string) {
	cmd.Flags().BoolVar(&s.strict, "strict", false, strict)
	cmd.Flags().BoolVar(&s.lenient, "lenient", false, "exit 0 although something needs mending")
}

// open opens the site for a verb that judges it.
func (s *strictness) open(f *siteFlags) (*opened, error) {
	if s.strict && s.lenient {
		return nil, usage{"--strict and --lenient exclude each other", "leave one of them out"}
	}
	o, err := f.open()
	if err != nil {
		return nil, err
	}
	o.in.Options.Strict = s.strict
	return o, nil
}

// synonyms lets fingers that know other generators find our flags.
func synonyms(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	switch name {
	case "output-dir", "output", "out", "dest":
		name = "destination"
	case "baseURL", "baseurl", "base_url":
		name = "base-url"
	case "buildDrafts", "draft":
		name = "drafts"
	case "buildFuture":
		name = "future"
	case "buildExpired":
		name = "expired"
	case "input", "content", "contentDir":
		name = "source"
	}
	return pflag.NormalizedName(name)
}

// usage is a mistake in the command line.
type usage struct{ text, hint string }

// Error says what is wrong with the command line.
func (u usage) Error() string { return u.text }

// flagError adds a "did you mean" to pflag's words.
func flagError(cmd *cobra.Command, err error) error {
	u := usage{text: err.Error(), hint: "peppermill " + cmd.Name() + " --help lists the flags"}
	if !cmd.HasParent() {
		u.hint = "peppermill --help lists commands and flags"
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return u
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := diag.Near(unknown.GetSpecifiedName(), names); near != "" {
		u.hint = "did you mean --" + near + "?"
	}
	return u
}

// knownCommand refuses words after the bare command, which are meant as one.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	u := usage{fmt.Sprintf("there is no command %q", args[0]), "peppermill --help lists the commands"}
	if near := diag.Near(args[0], names); near != "" {
		u.hint = "did you mean peppermill " + near + "?"
	}
	return u
}

func hintOf(err error) string {
	var u usage
	var o *output.Error
	var c *output.ConflictError
	switch {
	case errors.As(err, &u):
		return u.hint
	case errors.As(err, &c):
		return c.Hint
	case errors.As(err, &o):
		return o.Hint
	}
	return ""
}

// options turns the flags into what a build asks for.
func (s *siteFlags) options() (build.Options, error) {
	o := build.Options{Drafts: s.drafts, Future: s.future, Expired: s.expired, Profile: s.profile, BaseURL: s.baseURL}
	var err error
	if o.Now, err = now(s.clock, os.Getenv("SOURCE_DATE_EPOCH")); err != nil {
		return o, err
	}
	switch s.edition {
	case "":
	case "public":
		o.Edition = page.Public
	case "staff":
		o.Edition = page.Staff
	default:
		return o, usage{fmt.Sprintf("there is no edition %q", s.edition), "write --edition public or --edition staff"}
	}
	o.Rules, err = rules(s.rules)
	return o, err
}

// now is the only clock of a build: what --clock says, else SOURCE_DATE_EPOCH,
// else the beginning of the day in UTC, so that two builds of one day agree.
func now(clock, epoch string) (time.Time, error) {
	if clock != "" {
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
			if t, err := time.Parse(layout, clock); err == nil {
				return t, nil
			}
		}
		return time.Time{}, usage{fmt.Sprintf("--clock cannot be %q", clock), "write a day such as 2026-01-31, or a moment such as 2026-01-31T09:00:00Z"}
	}
	if epoch != "" {
		n, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return time.Time{}, usage{fmt.Sprintf("SOURCE_DATE_EPOCH cannot be %q", epoch), "set it to seconds since 1970, or unset it"}
		}
		return time.Unix(n, 0).UTC(), nil
	}
	return time.Now().UTC().Truncate(24 * time.Hour), nil
}

func rules(args []string) (map[string]diag.Class, error) {
	out := map[string]diag.Class{}
	var names []string
	for _, r := range build.Rules() {
		names = append(names, r.Name)
	}
	for _, arg := range args {
		name, word, _ := strings.Cut(arg, "=")
		class, ok := diag.ParseClass(word)
		if !ok {
			return nil, usage{fmt.Sprintf("--rule cannot be %q", arg), "write NAME=CLASS, where the class is tip, fix, stop or off"}
		}
		near := diag.Near(name, names)
		if near == "" || near != name {
			u := usage{fmt.Sprintf("there is no rule %q", name), "a finding ends with the name of its rule, in brackets"}
			if near != "" {
				u.hint = fmt.Sprintf("did you mean %q?", near)
			}
			return nil, u
		}
		out[name] = class
	}
	return out, nil
}
