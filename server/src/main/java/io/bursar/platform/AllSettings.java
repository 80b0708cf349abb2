package io.bursar.platform;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;

/**
 * The settings of every module, read and found good. Whatever opens or starts something asks for this first, so that a
 * start is refused with all that is wrong at once, and before anything was touched.
 */
@Component
public final class AllSettings {
    private static final String PRODUCT = "io.bursar";

    AllSettings(Settings settings, ListableBeanFactory modules) {
        modules.getBeansWithAnnotation(ModuleSettings.class);
        settings.verify();
    }

    /** Has every module read its settings and starts nothing; problems are left for the caller to ask for. */
    public static void read(Settings settings) {
        try (GenericApplicationContext modules = new GenericApplicationContext()) {
            modules.registerBean(Settings.class, () -> settings);
            ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(modules, false);
            scanner.addIncludeFilter(new AnnotationTypeFilter(ModuleSettings.class));
            scanner.scan(PRODUCT);
            modules.refresh();
        }
    }
}
