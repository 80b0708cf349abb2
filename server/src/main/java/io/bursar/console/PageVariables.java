package io.bursar.console;

import io.bursar.consolespi.Ui;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * Lets every page say {@code ui} and {@code shell}. References to beans ({@code @ui}) work in text only: Thymeleaf
 * forbids them in attributes and in the parameters of fragments, where these variables may stand.
 */
@Component
class PageVariables {
    PageVariables(ThymeleafViewResolver views, Ui ui, Shell shell) {
        views.addStaticVariable("ui", ui);
        views.addStaticVariable("shell", shell);
    }
}
