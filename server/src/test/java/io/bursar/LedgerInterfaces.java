package io.bursar;

import java.util.stream.Stream;
import org.springframework.modulith.core.ApplicationModuleDetectionStrategy;
import org.springframework.modulith.core.ApplicationModuleInformation;
import org.springframework.modulith.core.JavaPackage;
import org.springframework.modulith.core.NamedInterfaces;

/**
 * The ledger is a library without annotations of ours, so that its packages {@code proof} and {@code archive} are meant
 * for others, too, is said here.
 */
public class LedgerInterfaces implements ApplicationModuleDetectionStrategy {
    private final ApplicationModuleDetectionStrategy others = ApplicationModuleDetectionStrategy.directSubPackage();

    @Override
    public Stream<JavaPackage> getModuleBasePackages(JavaPackage root) {
        return others.getModuleBasePackages(root);
    }

    @Override
    public NamedInterfaces detectNamedInterfaces(JavaPackage module, ApplicationModuleInformation information) {
        NamedInterfaces declared = others.detectNamedInterfaces(module, information);
        return module.getName().equals("io.bursar.ledger")
                ? declared.and(NamedInterfaces.builder(module)
                        .matching("proof", "archive")
                        .build())
                : declared;
    }
}
