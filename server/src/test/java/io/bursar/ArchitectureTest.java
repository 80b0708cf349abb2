package io.bursar;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The house holds: edges between modules, and the rules no module may bend. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.bursar");
    private static final String READING = "text|secret|number|days|flag|uri|uris|secretUris|requiredKey|key";
    private static final String[] MONEY = {
        "io.bursar.ledger..", "io.bursar.shared..", "io.bursar.books..", "io.bursar.fx..", "io.bursar.stablecoin.."
    };

    @Test
    void modules_use_only_what_their_floor_allows() {
        ApplicationModules modules = ApplicationModules.of(Bursar.class);
        modules.verify();
        new Documenter(modules).writeModulesAsPlantUml().writeIndividualModulesAsPlantUml();
    }

    @Test
    void the_ledger_library_knows_no_framework() {
        noClasses()
                .that()
                .resideInAPackage("io.bursar.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.bursar.shared..", "io.bursar.platform..")
                .check(PRODUCT);
    }

    @Test
    void the_product_knows_no_sandbox() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.bursar.sandbox..", "io.bursar.bench..")
                .check(PRODUCT);
    }

    @Test
    void time_comes_from_the_injected_clock() {
        for (Class<?> time : List.of(
                Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class)) {
            noClasses()
                    .should()
                    .callMethod(time, "now")
                    .because("use the injected Clock")
                    .check(PRODUCT);
        }
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .because("use the injected Clock")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.bursar.cli..")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .because("the clock is handed to Bursar.start")
                .check(PRODUCT);
    }

    @Test
    void a_module_reads_its_settings_in_one_record() {
        noClasses()
                .that()
                .areNotAnnotatedWith(ModuleSettings.class)
                .and()
                .resideOutsideOfPackages("io.bursar.platform..", "io.bursar.cli..")
                .should()
                .callMethodWhere(target(owner(type(Settings.class))).and(target(nameMatching(READING))))
                .because("`./bursar config` asks these records, and so does DocsTest")
                .check(PRODUCT);
    }

    @Test
    void no_floating_point_comes_near_money() {
        noFields()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(MONEY))
                .should()
                .haveRawType(double.class)
                .orShould()
                .haveRawType(float.class)
                .orShould()
                .haveRawType(Double.class)
                .orShould()
                .haveRawType(Float.class)
                .check(PRODUCT);
        noMethods()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(MONEY))
                .should()
                .haveRawReturnType(double.class)
                .orShould()
                .haveRawReturnType(float.class)
                .check(PRODUCT);
    }

    @Test
    void what_a_class_needs_comes_through_its_constructor() {
        fields().should().notBeAnnotatedWith(Autowired.class).check(PRODUCT);
    }

    @Test
    void at_most_half_of_the_top_level_types_are_public() {
        List<JavaClass> types = PRODUCT.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
        long open = types.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        assertThat(open).as("public top-level types of %d", types.size()).isLessThanOrEqualTo((types.size() + 1) / 2);
    }
}
