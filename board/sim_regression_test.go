package board_test

import "testing"

// Plans that once broke a rule, by what was wrong then: faults of the engine,
// and what the mutations of sim_mutation_test.go were found by.
var regressions = map[string]string{
	"a snapshot led a client back behind its own edits":    "world/4103996285 go/415471 go/597668 fail/733339 again/89651 go/390999 go/534263 go/297421 go/734679 go/847383 go/406677 go/154397 go/330870 go/779409 go/1001355 go/948342 edit/184615 edit/274183 go/1032881 go/427008 go/61297 go/1000536 go/387127 edit/342554 hello/1017387",
	"an op that comes again is done again":                 "world/192083616 go/513978 go/534962 go/491076 go/583395 go/35007 go/700187 go/203132 go/855748 go/663749 go/80007 edit/868599 go/767762 go/858503 go/465552 go/138056 go/731342 go/654976 go/910603 edit/893556 go/1000879 edit/12341 go/609765 go/452761 fail/833339",
	"older generations are not fenced off":                 "world/4095639642 go/115480 go/283556 go/78432 go/616720 go/609890 go/462695 time/1032527 go/914808 go/8614 go/418840 go/404354 go/385434 go/498791 go/292903 go/480292 go/351588 go/818564 go/592306 go/23418 go/703528 edit/945621 go/333702 edit/363826 go/90425 edit/822181 go/313293 go/279245 go/41263 go/837783 go/900187 go/123491 go/907246 go/645966 go/745826 go/692201 fail/310416 trash/782530 go/38571",
	"gaps in the events are jumped":                        "world/2739012876 go/231562 go/569782 go/163111 go/296071 go/111535 go/437653 go/818713 go/410076 go/898684 edit/971162 go/751077 go/161994 fail/631853 cut/994317 go/661754 go/407559 cut/587021 edit/796474",
	"the last writer of a text wins":                       "world/3270180216 go/831563 go/432578 go/138713 go/81013 outage/845157 go/1044790 go/754501 go/232397 edit/1034319 edit/425570 go/482935 outage/511597 go/1045470 outage/567747 go/926034 go/140082 go/44779 go/480793 go/425036 go/337561 go/302995 go/219328 go/808414 edit/51981 go/990840 go/219698 go/754855 edit/350167 go/853425 go/1044786 go/675053",
	"two who type at one place are put in the wrong order": "world/924829264 go/259454 go/442153 go/569387 go/838702 go/957133 go/673694 outage/506401 go/954735 go/920658 go/778527 go/724268 edit/523706 go/777720 go/327762 go/430801 go/698765 go/397258 go/134229 go/942859 edit/423231 go/373567 go/615598 go/907887 edit/963983 go/389231 go/224725",
	"ops are acked before they are committed":              "world/191268808 go/782626 go/591911 go/1016673 go/929244 go/150088 go/877024 go/680932 go/498408 go/620099 go/811123 go/482783 go/971225 edit/765073 go/350869 go/373430 go/768436 go/845246",
	"a join is seated without catching up":                 "world/2739012876 go/307459 go/716309 fail/489389 go/142117 go/115417 go/1045741 go/52293 go/873557 go/686003 go/734790 go/536088 go/155097 edit/877615 go/670851 go/679775 go/94055 edit/914729 go/714168 go/118682 go/569782 go/296071 go/111535 fail/631853 cut/587021",
	"roles are not looked at":                              "world/2583725293 go/142836 go/82788 go/83444 rights/314869 go/277583 go/557432 go/454331 edit/345834",
	"the answers to settled ops are forgotten":             "world/3275769576 go/98603 go/258428 go/300132 go/887902 go/645263 edit/700079 go/740723 hello/1039538",
	"an undo overwrites later work":                        "world/192083616 go/513978 go/534962 go/491076 go/583395 go/961042 edit/434946 go/139670 go/56837 go/35007 go/700187 go/203132 go/855748 go/663749 crash/332869 go/483889 edit/893556 go/1000879 edit/313779 go/1001988 go/793291 go/914624 go/149048 go/661985 go/964444 edit/508002",
	"a grant stands for ever":                              "world/982095837 go/360308 go/942013 go/461170 go/1037227 go/782998 go/847951 go/976234 go/184935 go/646666 go/183173 edit/480745 go/183814 rights/670287",
}

func TestSimulationRegressions(t *testing.T) {
	t.Parallel()
	for name, text := range regressions {
		p, err := parsePlan(text)
		if err != nil {
			t.Fatal(err)
		}
		if r := simulate(t, p, true); r.broken != nil {
			t.Errorf("%s: %s\n%s", name, r.broken, r.trace)
		}
	}
}
