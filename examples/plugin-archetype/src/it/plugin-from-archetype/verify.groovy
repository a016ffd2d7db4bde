// The names that an author gave must have taken the place of the example's everywhere, also where no compiler looks.
def project = new File(basedir, "acme-admission")
def left = []
project.eachFileRecurse(groovy.io.FileType.FILES) { file ->
    if (!file.path.contains("/target/") && file.text =~ /office-hours|OfficeHours|signed-header|SignedHeader|custom-plugin|com.example.gatehouse|symbol_/) {
        left << file
    }
}
assert left.isEmpty()

def index = new File(project, "target/classes/META-INF/extensions.idx").readLines()
assert index.containsAll(["org.acme.admission.OnlyWeekdaysFactory", "org.acme.admission.BadgeFactory"])
assert new File(project, "target/acme-admission.jar").isFile()
true
