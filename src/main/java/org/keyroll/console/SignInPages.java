package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.people.NotAuthenticated;
import org.keyroll.people.Person;
import org.keyroll.people.SignIns;
import org.keyroll.people.UnfitPassword;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in, and choosing a password with a code. */
@Page
class SignInPages {
  private final SignIns signIns;
  private final Throttle throttle;

  SignInPages(SignIns signIns, Throttle throttle) {
    this.signIns = signIns;
    this.throttle = throttle;
  }

  @Open
  @GetMapping(Security.SIGN_IN)
  String signIn(HttpServletRequest request, @Nullable Person me, Model model) {
    if (me != null) {
      return "redirect:/";
    }
    var why =
        List.of("wrong", "wait", "out", "ended", "unsent", "chosen").stream()
            .filter(request.getParameterMap()::containsKey)
            .findFirst();
    model.addAttribute("why", why.orElse(null));
    return "sign-in";
  }

  @Open
  @GetMapping("/welcome")
  String welcome() {
    return "welcome";
  }

  @Open
  @PostMapping("/welcome")
  String choose(
      @RequestParam String name,
      @RequestParam String code,
      @RequestParam String password,
      @RequestParam String again,
      HttpServletRequest request,
      Model model) {
    var address = request.getRemoteAddr();
    model.addAttribute("name", name);
    model.addAttribute("code", code);
    if (!password.equals(again)) {
      model.addAttribute("why", "differs");
      return "welcome";
    }
    if (!throttle.lets(name, address)) {
      model.addAttribute("why", "wait");
      return "welcome";
    }
    try {
      signIns.choose(name.strip(), code, password);
      throttle.succeeded(name, address);
      return "redirect:" + Security.SIGN_IN + "?chosen";
    } catch (NotAuthenticated e) {
      throttle.failed(name, address);
      model.addAttribute("why", "code");
    } catch (UnfitPassword e) {
      model.addAttribute("why", "unfit." + e.fault().name().toLowerCase(java.util.Locale.ROOT));
    }
    return "welcome";
  }
}
